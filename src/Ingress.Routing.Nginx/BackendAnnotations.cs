using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>How backends are spoken to.</summary>
internal static class BackendAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "backend-protocol",
            "upstream-vhost"),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "proxy-http-version",
            "connection-proxy-header"),
    ];
}
