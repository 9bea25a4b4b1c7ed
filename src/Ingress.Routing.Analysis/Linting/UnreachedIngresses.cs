using Ingress.Routing.Diagnostics;
using Ingress.Routing.Explanation;

namespace Ingress.Routing.Linting;

/// <summary>Ingresses that no request ever reaches (INGR110). Each lost path has its own diagnostic; this says that nothing is left.</summary>
internal static class UnreachedIngresses
{
    private const int MostNames = 3;

    public static void Report(LintedTable table)
    {
        foreach (var owner in table.Served.Where(owner => IsUnreached(owner, table)))
        {
            var takers = TakersOf(owner, table);
            var others = takers.Count > MostNames ? " and others" : "";
            var by = takers.Count == 0 ? "" : $" Its requests go to {string.Join(", ", takers.Take(MostNames))}{others}.";
            var tls = owner.Ingress.Tls.Count > 0 ? " Only its TLS entries count." : "";
            table.Diagnostics.Warn(
                owner.Ingress,
                IngressDiagnosticIds.IngressNeverServes,
                "metadata.name",
                $"No request reaches any path or default backend of this Ingress.{by}{tls}");
        }
    }

    /// <summary>Whether an Ingress has rules, and no request reaches them or its default backend.</summary>
    /// <remarks>A rule without paths serves nothing, yet claims its host.</remarks>
    public static bool IsUnreached(EvaluatedIngress owner, LintedTable table)
    {
        var claims = ClaimsOf(owner).ToList();
        return claims.Count > 0
            && claims.TrueForAll(claim => claim.Written is not null && !table.Reached.Reaches(claim))
            && (owner.Ingress.DefaultBackend is null || !table.Reached.ReachesDefault(owner));
    }

    private static IEnumerable<PathClaim> ClaimsOf(EvaluatedIngress owner) => PathClaim.Of(owner, 0);

    private static List<string> TakersOf(EvaluatedIngress owner, LintedTable table)
        => [.. ClaimsOf(owner)
            .Select(claim => table.Reached.RouteOf(table.Witnesses.Of(claim)))
            .Select(static route => route?.Source is { IsConfigured: false } source ? $"{source.Resource.Kind} '{source.Name}'" : null)
            .OfType<string>()
            .Distinct()];
}
