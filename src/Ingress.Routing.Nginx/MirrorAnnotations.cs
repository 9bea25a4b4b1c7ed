using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Copies of requests.</summary>
internal static class MirrorAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "mirror-target",
            "mirror-request-body",
            "mirror-host"),
    ];
}
