using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Paths: what they match and what backends get.</summary>
internal static class RewriteAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "rewrite-target",
            "use-regex",
            "x-forwarded-prefix"),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "server-alias",
            "from-to-www-redirect",
            "app-root"),
    ];
}
