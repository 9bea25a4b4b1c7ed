using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Linting;

/// <summary>Hosts of rules without paths, which nothing else answers for (INGR168). Patches for kustomize look like that.</summary>
internal static class RulesWithoutPaths
{
    public static void Report(LintedTable table)
    {
        foreach (var bucket in table.Buckets.Where(static bucket => bucket.All(static claim => claim.Written is null)))
        {
            var status = table.Table.Match(table.Witnesses.HostOf(bucket.Key), table.Witnesses.UnknownPath).Status;
            if (status is IngressMatchStatus.NotFound)
            {
                var claim = bucket.First();
                var host = bucket.Key.Length == 0 ? "all hosts" : $"'{bucket.Key}'";
                table.Diagnostics.Warn(
                    claim.Ingress,
                    IngressDiagnosticIds.RuleWithoutPaths,
                    bucket.Key.Length == 0 ? claim.Field : $"{claim.Field}.host",
                    $"The rule for {host} has no paths, and there is no default backend: its requests are answered with 404. If this is a patch for "
                    + "kustomize, give what 'kubectl kustomize' prints.");
            }
        }
    }
}
