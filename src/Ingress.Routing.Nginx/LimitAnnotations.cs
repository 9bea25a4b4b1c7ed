using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Limits of rates and of connections.</summary>
internal static class LimitAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "limit-rps",
            "limit-rpm",
            "limit-connections",
            "limit-burst-multiplier",
            "limit-allowlist",
            "limit-whitelist"),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "limit-rate",
            "limit-rate-after"),
    ];
}
