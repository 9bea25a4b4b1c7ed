using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Which pages of other origins may read answers.</summary>
internal static class CorsAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "enable-cors",
            "cors-allow-origin",
            "cors-allow-methods",
            "cors-allow-headers",
            "cors-allow-credentials",
            "cors-expose-headers",
            "cors-max-age"),
    ];
}
