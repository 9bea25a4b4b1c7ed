using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations, or the controller for all Ingresses, say about a service that is asked who is let in.</summary>
internal sealed class ExternalAuthBuilder : PolicyBuilder
{
    private const string DefaultParameter = "rd";

    private PolicyUrl? _url;
    private string? _method;
    private PolicyUrl? _signIn;
    private string? _parameter;
    private ImmutableArray<string> _responseHeaders = [];
    private PolicyTemplate? _redirect;
    private bool _cookies;
    private PolicyTemplate? _cacheKey;
    private ImmutableArray<CacheTime> _cacheTimes = CacheTime.Default;
    private string? _requestHeaders;
    private bool _global = true;
    private string? _first;

    /// <summary>Notes that an annotation is there.</summary>
    public void Note(string name) => _first ??= name;

    // The port of the header would be the client's choice, so that of the scheme is used.
    public bool TrySetUrl(string text)
        => NginxVariables.TryTranslate(text, out var translated)
            && PolicyUrl.TryParse(translated.Replace("://${header:Host}", "://${host}", StringComparison.Ordinal), out _url, out _);

    public bool TrySetMethod(string text) => ExternalAuthentication.IsMethod(_method = text);

    public bool TrySetSignIn(string text) => TryReadUrl(text, out _signIn);

    public bool TrySetParameter(string text) => SignIn.IsParameter(_parameter = text);

    public bool TrySetResponseHeaders(string text) => TrySetResponseHeaders(NginxText.ListOf(text));

    public bool TrySetRequestRedirect(string text) => NginxVariables.TryRead(text, out _redirect);

    public bool TrySetCookies(string text) => NginxText.TryReadBoolean(text, out _cookies);

    public bool TrySetCacheKey(string text) => text.Length == 0 || NginxVariables.TryRead(text, out _cacheKey);

    public bool TrySetCacheTimes(string text) => text.Length == 0 || CacheTime.TryParse(text, out _cacheTimes);

    public bool TrySetRequestHeaders(string text) => (_requestHeaders = text).Length > 0;

    public bool TrySetGlobal(string text)
    {
        var isBoolean = NginxText.TryReadBoolean(text, out bool value);
        _global = !isBoolean || value;
        return isBoolean;
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        var options = context.Settings<NginxOptions>();
        if (HasFailed)
        {
            return;
        }

        if (_url is null && _global && options.GlobalAuthUrl is { } url && !TryTakeGlobal(url, options))
        {
            context.Close(ExternalAuthAnnotations.Url);
            context.Report(
                ExternalAuthAnnotations.Url,
                "What the controller says about the external authentication of all Ingresses cannot be understood. The paths of this Ingress answer 503.");
            return;
        }

        if (_url is null)
        {
            if (_first is not null)
            {
                Refuse(
                    _first,
                    $"'{context.Dialect.KeyOf(ExternalAuthAnnotations.Url)}' is missing, which says who is asked; without it ingress-nginx lets every request in",
                    context);
            }

            return;
        }

        if (TryReadHeaders(context, out var headers))
        {
            context.Add(
                new ExternalAuthentication(_url)
                {
                    Method = _method ?? "GET",
                    IsMethodGiven = _method is not null,
                    SignIn = _signIn is null ? null : new(_signIn, _parameter ?? DefaultParameter),
                    ResponseHeaders = _responseHeaders,
                    RequestHeaders = headers,
                    RequestRedirect = _redirect,
                    AlwaysSetsCookies = _cookies,
                    CacheKey = _cacheKey,
                    CacheTimes = _cacheTimes,
                    Timeout = TimeSpan.FromSeconds(options.ProxyReadTimeout),
                    VerifiesCertificate = false, // as there
                    SentFrom = "nginx-ingress-controller",
                    ExemptPaths = [.. options.NoAuthLocations],
                },
                ExternalAuthAnnotations.Url);
        }
    }

    // All of it, or nothing: what annotations say besides is about a service of their own.
    private bool TryTakeGlobal(string url, NginxOptions options)
    {
        _parameter = options.GlobalAuthSigninRedirectParam;
        _cookies = options.GlobalAuthAlwaysSetCookie;
        _cacheKey = null;
        _redirect = null;
        _requestHeaders = null;
        return TrySetUrl(url)
            && (options.GlobalAuthMethod is not { Length: > 0 } method || TrySetMethod(method))
            && (options.GlobalAuthSignin is not { Length: > 0 } signIn || TrySetSignIn(signIn))
            && TrySetResponseHeaders([.. options.GlobalAuthResponseHeaders])
            && (options.GlobalAuthRequestRedirect is not { Length: > 0 } redirect || TrySetRequestRedirect(redirect))
            && (options.GlobalAuthCacheKey is not { Length: > 0 } key || TrySetCacheKey(key))
            && (options.GlobalAuthCacheDuration is not { Length: > 0 } duration || TrySetCacheTimes(duration));
    }

    private bool TrySetResponseHeaders(string[] names)
    {
        _responseHeaders = [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
        return names.All(ExternalAuthentication.IsHeader);
    }

    private bool TryReadHeaders(PolicyContext context, out ImmutableArray<HeaderEdit> headers)
    {
        headers = [];
        if (_requestHeaders is null)
        {
            return true;
        }

        var found = context.FindConfigMap(_requestHeaders);
        if (found.Value is not { } configMap)
        {
            Refuse(ExternalAuthAnnotations.RequestHeaders, found, context);
            return false;
        }

        if (!ConfigMapHeaders.TryRead(configMap, NginxVariables.TryRead, out headers, out var wrong))
        {
            Refuse(
                ExternalAuthAnnotations.RequestHeaders,
                $"The entry '{wrong}' of the ConfigMap is no header that can be set, or its value holds a variable that is not known here",
                context);
            return false;
        }

        return true;
    }

    private static bool TryReadUrl(string text, [NotNullWhen(true)] out PolicyUrl? url)
    {
        url = null;
        return NginxVariables.TryTranslate(text, out var translated) && PolicyUrl.TryParse(translated, out url, out _);
    }
}
