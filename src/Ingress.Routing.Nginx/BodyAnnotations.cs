using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>How large a request may be.</summary>
internal static class BodyAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "proxy-body-size"),
    ];
}
