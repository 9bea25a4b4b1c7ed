using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Snippets of configuration.</summary>
internal static class SnippetAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "configuration-snippet",
            "server-snippet"),
    ];
}
