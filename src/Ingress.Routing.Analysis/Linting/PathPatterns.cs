using Ingress.Routing.Compilation;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Explanation;

namespace Ingress.Routing.Linting;

/// <summary>Paths that look like patterns (INGR117), and annotations that would make patterns of paths elsewhere (INGR118).</summary>
/// <remarks>The annotation has no effect here (D20), and paths are literal (semantics 4.11). What it says covers the paths of its Ingress.</remarks>
internal static class PathPatterns
{
    private const string UseRegex = $"{IngressNginxAnnotations.Prefix}/use-regex";
    private const string RewriteTargetKey = $"{IngressNginxAnnotations.Prefix}/rewrite-target";

    public static void Report(LintedTable table)
    {
        var isRead = table.Table.Options.Dialects.Any(static dialect => dialect.Prefix == IngressNginxAnnotations.Prefix);
        foreach (IEnumerable<PathClaim> claims in table.Claims.Where(static claim => claim.Written is not null).ToLookup(static claim => claim.Ingress, ReferenceEqualityComparer.Instance))
        {
            if (isRead || !ReportAnnotation([.. claims], table))
            {
                ReportPaths(claims, table);
            }
        }
    }

    private static void ReportPaths(IEnumerable<PathClaim> claims, LintedTable table)
    {
        foreach (var claim in claims)
        {
            var path = RulePath.AsWritten(claim.Written!);
            if (PathSyntax.LooksLikePattern(path) && table.PatternOf(claim) is null)
            {
                var instead = PathSyntax.PrefixFor(path) is { } prefix ? $" For all that is below, write '{prefix}' as a Prefix." : "";
                table.Diagnostics.Warn(
                    claim.Ingress,
                    IngressDiagnosticIds.PathLooksLikePattern,
                    $"{claim.Field}.path",
                    $"The path '{path}' looks like a pattern. Paths are literal text: it fits requests for these very characters.{instead}");
            }
        }
    }

    // Whether all has been said.
    private static bool ReportAnnotation(IReadOnlyList<PathClaim> claims, LintedTable table)
    {
        if (table.Understands(IngressNginxAnnotations.Prefix))
        {
            return false;
        }

        var ingress = claims[0].Ingress;
        var annotations = ingress.Metadata.Annotations;
        if (annotations.TryGetValue(RewriteTargetKey, out var target) && RewriteTarget.Describe(target, claims) is { } rewritten)
        {
            table.Diagnostics.Warn(ingress, IngressDiagnosticIds.PatternAnnotation, $"metadata.annotations[{RewriteTargetKey}]", rewritten);
            return true;
        }

        if (annotations.GetValueOrDefault(UseRegex) != "true")
        {
            return false;
        }

        var paths = claims.Select(static claim => RulePath.AsWritten(claim.Written!)).Distinct(StringComparer.Ordinal).ToList();
        if (paths.Find(PathSyntax.LooksLikePattern) is { } pattern)
        {
            var instead = PathSyntax.PrefixFor(pattern) is { } prefix ? $" For all that is below, write '{prefix}' as a Prefix." : "";
            table.Diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.PatternAnnotation,
                $"metadata.annotations[{UseRegex}]",
                $"ingress-nginx would read the paths as regular expressions. Here '{pattern}' is literal text: it fits requests for these very characters."
                + instead);
            return true;
        }

        if (paths.Find(static path => path != "/") is { } plain)
        {
            table.Diagnostics.Inform(
                ingress,
                IngressDiagnosticIds.PatternAnnotation,
                $"metadata.annotations[{UseRegex}]",
                $"ingress-nginx would read '{plain}' as a regular expression, which also fits '{plain}x', in any case of letters. Here paths are literal.");
        }

        return false;
    }
}
