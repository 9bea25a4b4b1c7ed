using Ingress.Routing.Diagnostics;
using Ingress.Routing.Explanation;

namespace Ingress.Routing.Linting;

/// <summary>Default backends that no request ever reaches (INGR116), unless compiling has said why.</summary>
internal static class UnreachedDefaultBackends
{
    public static void Report(LintedTable table)
    {
        foreach (var owner in table.Served.Where(static owner => owner.Ingress.DefaultBackend is not null))
        {
            if (table.Reached.ReachesDefault(owner) || UnreachedIngresses.IsUnreached(owner, table) || IsToldAlready(owner, table))
            {
                continue;
            }

            var reasons = owner.Ingress.Rules.Select(static rule => rule.Host ?? "").DefaultIfEmpty("")
                .Distinct()
                .Select(host => ReasonOf(host, table));
            table.Diagnostics.Warn(
                owner.Ingress,
                IngressDiagnosticIds.DefaultBackendNeverServes,
                "spec.defaultBackend",
                $"No request reaches this default backend: {string.Join("; ", reasons.Distinct())}.");
        }
    }

    // Another Ingress provides the default of every host of this one, and each of them has been named (INGR034).
    private static bool IsToldAlready(EvaluatedIngress owner, LintedTable table)
    {
        var hosts = owner.Ingress.Rules.Select(static rule => rule.Host ?? "").Distinct().ToList();
        return hosts.Count == 0
            ? table.Served.First(static other => other.Ingress is { DefaultBackend: not null, Rules.Count: 0 }) != owner
            : hosts.TrueForAll(host => table.Buckets[host].First(static claim => claim.Ingress.DefaultBackend is not null).Owner != owner);
    }

    private static string ReasonOf(string host, LintedTable table)
    {
        var name = host.Length == 0 ? "all hosts" : $"'{host}'";
        return table.Reached.RouteOf(new(table.Witnesses.HostOf(host), table.Witnesses.UnknownPath)) is { Source.IsConfigured: false } route
            ? route.Path is null
                ? $"for {name} the one of {route.Source.Resource.Kind} '{route.Source.Name}' goes first"
                : $"{route.PathType} '{route.PathAsWritten}' of {route.Source.Resource.Kind} '{route.Source.Name}' takes every path of {name}"
            : $"it is not asked for {name}";
    }
}
