using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>TLS with clients, and the redirect to it.</summary>
internal static class SslAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "ssl-redirect",
            "force-ssl-redirect",
            "ssl-passthrough"),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "preserve-trailing-slash",
            "use-port-in-redirects",
            "ssl-ciphers",
            "ssl-prefer-server-ciphers"),
    ];
}
