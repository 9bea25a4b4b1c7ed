using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>TLS with clients, and the redirect to it.</summary>
internal static class SslAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<HttpsRedirectBuilder>(
            HttpsRedirectBuilder.Ssl,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether plain http is redirected to https at hosts with a certificate. The default is `true`.",
            HttpsRedirectBuilder.TrySetSsl),
        NginxRow.Of<HttpsRedirectBuilder>(
            HttpsRedirectBuilder.Force,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether plain http is redirected to https, certificate or not.",
            HttpsRedirectBuilder.TrySetForce),
        NginxRow.Of<HttpsRedirectBuilder>(
            HttpsRedirectBuilder.PreserveSlash,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether redirects to https keep a slash at the end of the URL, which is left out otherwise.",
            HttpsRedirectBuilder.TrySetPreserveSlash),
        NginxRow.Of<HttpsRedirectBuilder>(
            HttpsRedirectBuilder.UsePort,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether redirects to https name the port.",
            HttpsRedirectBuilder.TrySetUsePort),
        NginxRow.Closed(
            "ssl-passthrough",
            "TLS ends here; a Service of type LoadBalancer for the backend, or a proxy in front that forwards by server name, leaves it to the backend.",
            static text => NginxText.TryReadBoolean(text, out bool value) && !value),
        NginxRow.OfHost<SslCiphersBuilder>(
            SslCiphersBuilder.Name,
            AnnotationRisk.Tunes,
            "names of OpenSSL with colons between them, such as 'ECDHE-ECDSA-AES128-GCM-SHA256', one of them known",
            "The cipher suites of TLS 1.2 that are spoken with the hosts; those of TLS 1.3 stay. Other names and classes such as `HIGH` are left out.",
            SslCiphersBuilder.TrySet),
        NginxRow.WithoutEffect("ssl-prefer-server-ciphers", "The platform decides whose order of cipher suites counts."),
    ];
}
