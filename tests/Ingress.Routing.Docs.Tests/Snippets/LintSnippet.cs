// <lint>
using Ingress.Routing;
using Ingress.Routing.Linting;
using Ingress.Routing.Manifests;
// </lint>

namespace Snippets;

internal static class LintSnippet
{
    public static void Run()
    {
        // <lint>
        var table = IngressRouteTable.Compile(IngressManifests.Load(["deploy/"]).Snapshot);
        var ours = new AnnotationVocabulary { Prefix = "gateway.example.test", Names = ["timeout", "retries"], IsComplete = true };
        var options = new IngressLintOptions { Now = DateTimeOffset.UtcNow, Annotations = [AnnotationVocabulary.IngressNginx, ours] };

        foreach (var finding in table.Diagnostics.Concat(IngressLinter.Lint(table, options)))
        {
            Console.WriteLine(finding);
        }
        // </lint>
    }
}
