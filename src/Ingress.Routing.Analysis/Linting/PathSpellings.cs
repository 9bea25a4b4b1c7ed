using Ingress.Routing.Compilation;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Explanation;

namespace Ingress.Routing.Linting;

/// <summary>Paths that are written differently from how they are compared (INGR119).</summary>
internal static class PathSpellings
{
    public static void Report(LintedTable table)
    {
        foreach (var bucket in table.Buckets)
        {
            var claims = bucket.Where(claim => claim.Written is not null && table.PatternOf(claim) is null);
            foreach (var spellings in claims.ToLookup(claim => table.CanonicalPathOf(claim.Written!), StringComparer.Ordinal))
            {
                foreach (var claim in spellings)
                {
                    Report(claim, spellings.Key, spellings, table);
                }
            }
        }
    }

    private static void Report(PathClaim claim, string canonical, IEnumerable<PathClaim> spellings, LintedTable table)
    {
        // A pattern has enough said about it.
        var written = RulePath.AsWritten(claim.Written!);
        if (written == canonical || PathSyntax.LooksLikePattern(written))
        {
            return;
        }

        var other = spellings.FirstOrDefault(other => RulePath.AsWritten(other.Written!) != written);
        var same = other is null ? "" : $" Ingress '{other.Ingress.Name}' writes the same path as '{RulePath.AsWritten(other.Written!)}'.";
        table.Diagnostics.Inform(
            claim.Ingress,
            IngressDiagnosticIds.PathSpelling,
            $"{claim.Field}.path",
            $"The path '{written}' is compared as '{canonical}'.{same}");
    }
}
