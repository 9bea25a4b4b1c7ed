using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Ingresses that take some requests of others.</summary>
internal static class CanaryAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "canary"),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "canary-by-header",
            "canary-by-header-value",
            "canary-by-header-pattern",
            "canary-by-cookie",
            "canary-weight",
            "canary-weight-total"),
    ];
}
