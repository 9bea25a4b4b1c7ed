using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Which Ingresses are served once a controller name is configured (semantics 10).</summary>
internal sealed class ClassTable : ITableRunner
{
    private const string LegacyAnnotation = "kubernetes.io/ingress.class";
    private const string Ours = "example.test/ours";

    public bool Recognizes(IReadOnlyList<string> header) => header is ["annotation", "ingressClassName", "default class", "served"];

    public void Run(MarkdownRow row)
    {
        var annotations = new Dictionary<string, string>();
        if (row.Code("annotation") is { } annotation)
        {
            annotations[LegacyAnnotation] = annotation.Trim('"');
        }

        var defaults = row.Codes("default class");
        var ingress = Some.Ingress(
            "web", [Some.Rule(null, Some.Prefix("/"))], className: row.Code("ingressClassName"), annotations: annotations);
        var snapshot = Some.Snapshot(ingress) with
        {
            IngressClasses = [Class("ours", Ours, defaults), Class("ours-too", Ours, defaults), Class("theirs", "example.test/theirs", defaults)],
        };
        var match = IngressRouteTable.Compile(snapshot, new() { ControllerName = Ours }).Match(null, "/");

        Assert.Equal(row["served"], match.Route is null ? "no" : "yes");
    }

    private static IngressClassResource Class(string name, string controller, IReadOnlyList<string> defaults)
    {
        var annotations = new Dictionary<string, string>();
        if (defaults.Contains(name))
        {
            annotations[IngressClassResource.DefaultAnnotation] = "true";
        }

        return new() { Metadata = new() { Name = name, Annotations = annotations }, Controller = controller };
    }
}
