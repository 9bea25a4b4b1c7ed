using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>TLS with backends.</summary>
internal static class BackendTlsAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "proxy-ssl-secret",
            "proxy-ssl-verify",
            "proxy-ssl-name",
            "proxy-ssl-verify-depth",
            "proxy-ssl-ciphers",
            "proxy-ssl-protocols"),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "proxy-ssl-server-name"),
    ];
}
