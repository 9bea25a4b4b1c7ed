using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Redirects of paths.</summary>
internal static class RedirectAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "permanent-redirect",
            "permanent-redirect-code",
            "temporal-redirect",
            "temporal-redirect-code",
            "relative-redirects"),
    ];
}
