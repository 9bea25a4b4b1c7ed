using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Linting;

/// <summary>Redirects between a host and its <c>www.</c> where one of the two has no rule (INGR124).</summary>
internal static class WwwHosts
{
    private const string Www = "www.";

    public static void Report(LintedTable table)
    {
        foreach (var item in PolicyRoutes.All(table))
        {
            if (item.Policies.Find<WwwRedirect>() is not { } policy)
            {
                continue;
            }

            var hosts = item.Claims.Select(static claim => claim.Host).Where(static host => host.Length > 0 && host[0] != '*').Distinct().ToList();
            foreach (var host in hosts.Where(host => host.StartsWith(Www, StringComparison.Ordinal) != policy.ToWww))
            {
                var other = policy.ToWww ? Www + host : host[Www.Length..];
                if (!IsServed(other, table))
                {
                    Report(item, $"Clients of '{host}' are sent to '{other}', which no rule takes: they get 404 there. Add a rule for it.", table);
                }
            }

            if (hosts.Count > 0 && !table.Table.AddedHosts.Any(added => added.Target is null && hosts.Exists(host => OtherOf(host) == added.Name)) && !hosts.Exists(host => host.StartsWith(Www, StringComparison.Ordinal) != policy.ToWww) && !HasWildcard(item))
            {
                var from = policy.ToWww ? "without 'www.'" : "with 'www.'";
                Report(item, $"No rule of this Ingress has a host {from}, so no client is redirected. Add a rule for the host that clients are to be sent away from.", table);
            }
        }
    }

    private static string OtherOf(string host) => host.StartsWith(Www, StringComparison.Ordinal) ? host[Www.Length..] : Www + host;

    private static bool IsServed(string host, LintedTable table) => table.Table.Match(host, "/").Route is not null || table.Buckets.Contains(host);

    private static bool HasWildcard(PolicyRoutes item) => item.Claims.Any(static claim => claim.Host is "" or ['*', ..]);

    private static void Report(PolicyRoutes item, string message, LintedTable table)
        => table.Diagnostics.Warn(item.Owner.Ingress, IngressDiagnosticIds.WwwHostMissing, item.FieldOf("www-redirect", table), message);
}
