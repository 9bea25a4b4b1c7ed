using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>A service that is asked who is let in.</summary>
internal static class ExternalAuthAnnotations
{
    public const string Url = "auth-url";
    public const string RequestHeaders = "auth-proxy-set-headers";

    private const string KeepAlive = "Connections to the service are always used again.";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        Row(
            Url,
            "a URL of http or https, in which variables of nginx can be; its host is constant, `$host` or `$http_host`",
            "The service that is asked about each request. 2xx lets it in, 401 and 403 refuse it, and all else is answered with 500.",
            static (builder, text) => builder.TrySetUrl(text)),
        Row(
            "auth-method",
            "GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS",
            "The method of the question.",
            static (builder, text) => builder.TrySetMethod(text)),
        Row(
            "auth-signin",
            "a URL of http or https, in which variables of nginx can be; its host is constant, `$host` or `$http_host`",
            "Where clients are sent with 302 instead of being answered with 401.",
            static (builder, text) => builder.TrySetSignIn(text)),
        Row(
            "auth-signin-redirect-param",
            "a name of letters, digits, '-' and '_'",
            "The parameter with the way back.",
            static (builder, text) => builder.TrySetParameter(text)),
        Row(
            "auth-response-headers",
            "names of headers, with commas between them",
            "The headers of the answer that the backend gets. What clients send under these names it never gets.",
            static (builder, text) => builder.TrySetResponseHeaders(text)),
        Row(
            "auth-request-redirect",
            "a text, in which variables of nginx can be",
            "The `X-Auth-Request-Redirect` that the service gets.",
            static (builder, text) => builder.TrySetRequestRedirect(text)),
        Row(
            "auth-always-set-cookie",
            "a Boolean",
            "Whether clients get the cookies of the service with every status.",
            static (builder, text) => builder.TrySetCookies(text)),
        Row(
            "auth-cache-key",
            "a text, in which variables of nginx can be",
            "What answers are remembered by.",
            static (builder, text) => builder.TrySetCacheKey(text)),
        Row(
            "auth-cache-duration",
            "statuses and a time, such as '200 202 401 5m'; several with commas between them",
            "How long answers are remembered.",
            static (builder, text) => builder.TrySetCacheTimes(text)),
        Row(
            RequestHeaders,
            "the name of a ConfigMap, or 'namespace/name'",
            "A ConfigMap with headers that the service gets besides.",
            static (builder, text) => builder.TrySetRequestHeaders(text)),
        NginxRow.Of<ExternalAuthBuilder>(
            "enable-global-auth",
            AnnotationRisk.Tunes,
            "a Boolean",
            "Whether the service that the controller names for all Ingresses is asked.",
            static (builder, text) => builder.TrySetGlobal(text)),
        NginxRow.Closed("auth-snippet", "Headers for the service can be set with 'auth-proxy-set-headers'.", static text => text.Length == 0),
        NginxRow.WithoutEffect("auth-keepalive", KeepAlive),
        NginxRow.WithoutEffect("auth-keepalive-requests", KeepAlive),
        NginxRow.WithoutEffect("auth-keepalive-share-vars", KeepAlive),
        NginxRow.WithoutEffect("auth-keepalive-timeout", KeepAlive),
    ];

    private static Annotation Row(string name, string expected, string summary, Func<ExternalAuthBuilder, string, bool> trySet)
        => NginxRow.Of<ExternalAuthBuilder>(name, AnnotationRisk.Protects, expected, summary, (builder, text) =>
        {
            builder.Note(name);
            return trySet(builder, text);
        });
}
