using Ingress.Routing.Compilation;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Explanation;

namespace Ingress.Routing.Linting;

/// <summary>Paths that look like patterns (INGR117), and annotations that would make patterns of paths elsewhere (INGR118).</summary>
internal static class PathPatterns
{
    private const string UseRegex = $"{IngressNginxAnnotations.Prefix}/use-regex";
    private const string RewriteTarget = $"{IngressNginxAnnotations.Prefix}/rewrite-target";

    public static void Report(LintedTable table)
    {
        foreach (var claim in table.Claims.Where(static claim => claim.Written is not null))
        {
            var path = RulePath.AsWritten(claim.Written!);
            if (PathSyntax.LooksLikePattern(path))
            {
                table.Diagnostics.Warn(
                    claim.Ingress,
                    IngressDiagnosticIds.PathLooksLikePattern,
                    $"{claim.Field}.path",
                    $"The path '{path}' looks like a pattern. Paths are literal text: it fits requests for these very characters.");
            }
        }

        foreach (var owner in table.Served)
        {
            ReportAnnotations(owner, table);
        }
    }

    private static void ReportAnnotations(JudgedIngress owner, LintedTable table)
    {
        var annotations = owner.Ingress.Metadata.Annotations;
        if (annotations.TryGetValue(RewriteTarget, out var target))
        {
            Report(RewriteTarget, $"ingress-nginx would send its requests as '{target}', and read its paths as regular expressions.");
        }
        else if (annotations.TryGetValue(UseRegex, out var value) && value == "true")
        {
            Report(UseRegex, "ingress-nginx would read all paths of its hosts as regular expressions, without regard to case.");
        }

        void Report(string annotation, string elsewhere) => table.Diagnostics.Warn(
            owner.Ingress,
            IngressDiagnosticIds.PatternAnnotation,
            $"metadata.annotations[{annotation}]",
            $"{elsewhere} Here the annotation changes nothing: paths are literal, and what was matched is forwarded.");
    }
}
