using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>How requests are shared among endpoints.</summary>
internal static class BalancingAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "load-balance",
            "service-upstream",
            "upstream-hash-by",
            "upstream-hash-by-subset",
            "upstream-hash-by-subset-size"),
    ];
}
