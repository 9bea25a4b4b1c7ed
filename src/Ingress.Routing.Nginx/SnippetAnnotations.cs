using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Snippets of configuration, which are translated and never pasted.</summary>
internal static class SnippetAnnotations
{
    private const string Expected = "directives of nginx that can be translated";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        Row(SnippetBuilder.Configuration, "Directives for the paths of the Ingress, translated to policies. They have to be switched on for the controller."),
        Row(SnippetBuilder.Server, "Directives for the host, translated to policies of the paths of the Ingress. They have to be switched on for the controller."),
    ];

    // The one text that is made of lines.
    private static Annotation<SnippetBuilder> Row(string name, string summary)
        => new(name, AnnotationRisk.Protects, Expected, summary, (builder, text) => SnippetBuilder.TrySet(builder, name, text));
}
