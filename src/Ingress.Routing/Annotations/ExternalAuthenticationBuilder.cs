using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about a service that is asked who is let in.</summary>
internal sealed class ExternalAuthenticationBuilder : PolicyBuilder
{
    private const string Url = "external-auth-url";
    private const string RequestHeaders = "external-auth-request-headers";
    private const string SignInUrl = "external-auth-signin";
    private const string Any = "a template";
    private const int MostSeconds = 600;

    private PolicyUrl? _url;
    private string? _method;
    private PolicyUrl? _signIn;
    private string? _parameter;
    private ImmutableArray<string> _responseHeaders = [];
    private PolicyTemplate? _redirect;
    private bool _cookies;
    private PolicyTemplate? _cacheKey;
    private ImmutableArray<CacheTime>? _cacheTimes;
    private string? _requestHeaders;
    private int? _timeout;
    private string? _first;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        Row(
            Url,
            "a URL of http or https; its host is constant or `${host}`",
            "The service that is asked about each request. 2xx lets it in, 401 and 403 refuse it, and all else is answered with 500.",
            static (builder, text) => PolicyUrl.TryParse(text, out builder._url, out _) && !builder._url.HasPortOfRequest),
        Row(
            "external-auth-method",
            "GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS",
            "The method of the question. The default is GET.",
            static (builder, text) => ExternalAuthentication.IsMethod(builder._method = text)),
        Row(
            SignInUrl,
            "a URL of http or https; its host is constant or `${host}`",
            "Where clients are sent with 302 instead of being answered with 401; the way back is in a parameter.",
            static (builder, text) => PolicyUrl.TryParse(text, out builder._signIn, out _)),
        Row(
            "external-auth-signin-parameter",
            "a name of letters, digits, '-' and '_'",
            "The parameter with the way back. The default is `rd`.",
            static (builder, text) => SignIn.IsParameter(builder._parameter = text)),
        Row(
            "external-auth-response-headers",
            "names of headers, with commas between them",
            "The headers of the answer that the backend gets. What clients send under these names it never gets.",
            static (builder, text) => TryReadHeaders(text, out builder._responseHeaders)),
        Row(
            RequestHeaders,
            "the name of a ConfigMap of the same namespace",
            "A ConfigMap with headers that the service gets besides, their values as templates.",
            static (builder, text) => (builder._requestHeaders = text).Length > 0),
        Row(
            "external-auth-request-redirect",
            Any,
            "The `X-Auth-Request-Redirect` that the service gets. The default is path and query of the request.",
            static (builder, text) => TryReadTemplate(text, out builder._redirect)),
        Row(
            "external-auth-always-set-cookie",
            "'true' or 'false'",
            "Whether clients get the cookies of the service with every status, and not with success and redirects alone.",
            static (builder, text) => AnnotationText.TryReadBoolean(text, out builder._cookies)),
        Row(
            "external-auth-cache-key",
            Any,
            "What answers are remembered by, such as `${header:Authorization}`. Without it each request is asked about.",
            static (builder, text) => text.Length > 0 && TryReadTemplate(text, out builder._cacheKey)),
        Row(
            "external-auth-cache-duration",
            "statuses and a time, such as '200 202 401 5m'; several with commas between them",
            "How long answers are remembered.",
            static (builder, text) => TryReadTimes(builder, text)),
        Row(
            "external-auth-timeout",
            $"a number of seconds from 1 to {MostSeconds}",
            "How long an answer may take. The default is 60.",
            static (builder, text) => TryReadTimeout(builder, text)),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (HasFailed)
        {
            return;
        }

        if (_url is null)
        {
            Refuse(_first!, $"'{context.Dialect.KeyOf(Url)}' is missing, which says who is asked", context);
            return;
        }

        if (_parameter is not null && _signIn is null)
        {
            context.Warn("external-auth-signin-parameter", $"'{context.Dialect.KeyOf(SignInUrl)}' is missing. It is ignored.");
        }

        ImmutableArray<HeaderEdit> headers = [];
        if (_requestHeaders is not null && !TryReadRequestHeaders(_requestHeaders, context, out headers))
        {
            return;
        }

        context.Add(
            new ExternalAuthentication(_url)
            {
                Method = _method ?? "GET",
                IsMethodGiven = _method is not null,
                SignIn = _signIn is null ? null : new(_signIn, _parameter ?? "rd"),
                ResponseHeaders = _responseHeaders,
                RequestHeaders = headers,
                RequestRedirect = _redirect,
                AlwaysSetsCookies = _cookies,
                CacheKey = _cacheKey,
                CacheTimes = _cacheTimes ?? CacheTime.Default,
                Timeout = TimeSpan.FromSeconds(_timeout ?? 60),
            },
            Url);
    }

    private bool TryReadRequestHeaders(string name, PolicyContext context, out ImmutableArray<HeaderEdit> headers)
    {
        headers = [];
        var found = context.FindConfigMap(name);
        if (found.Value is not { } configMap)
        {
            Refuse(RequestHeaders, found, context);
            return false;
        }

        if (!ConfigMapHeaders.TryRead(configMap, TryReadTemplate, out headers, out var wrong))
        {
            Refuse(RequestHeaders, $"The entry '{wrong}' of the ConfigMap is no header that can be set, or its value is no template", context);
            return false;
        }

        return true;
    }

    private static Annotation<ExternalAuthenticationBuilder> Row(
        string name, string expected, string summary, Func<ExternalAuthenticationBuilder, string, bool> trySet)
        => new(name, AnnotationRisk.Protects, expected, summary, (builder, text) =>
        {
            builder._first ??= name;
            return trySet(builder, text);
        });

    private static bool TryReadHeaders(string text, out ImmutableArray<string> headers)
    {
        var isList = AnnotationText.TryReadList(text, out var names) && names.All(ExternalAuthentication.IsHeader);
        headers = isList ? [.. names.Distinct(StringComparer.OrdinalIgnoreCase)] : [];
        return isList;
    }

    private static bool TryReadTemplate(string text, [NotNullWhen(true)] out PolicyTemplate? template)
    {
        template = null;
        return !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && PolicyTemplate.TryParse(text, null, out template, out _);
    }

    private static bool TryReadTimes(ExternalAuthenticationBuilder builder, string text)
    {
        var isTime = CacheTime.TryParse(text, out var times);
        builder._cacheTimes = times;
        return isTime;
    }

    private static bool TryReadTimeout(ExternalAuthenticationBuilder builder, string text)
    {
        var isNumber = AnnotationText.TryReadNumber(text, 1, MostSeconds, out var seconds);
        builder._timeout = seconds;
        return isNumber;
    }
}
