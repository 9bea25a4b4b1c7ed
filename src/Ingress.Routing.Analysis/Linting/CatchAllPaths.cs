using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Linting;

/// <summary>Wildcard and host-less rules that take every request of hosts that no rule names (INGR111).</summary>
internal static class CatchAllPaths
{
    public static void Report(LintedTable table)
    {
        foreach (var route in table.Table.Routes.Where(static route => LintedTable.IsRoot(route) && IsWide(route.Host)))
        {
            var others = HostsOfOthers(route, table).ToList();
            var message = $"This path takes every request for {Extent(route.Host)}.{(others.Count > 0 ? Others(others) : "")}";
            if (others.Count > 0)
            {
                table.Diagnostics.Warn(route.Source, IngressDiagnosticIds.CatchAll, "path", message);
            }
            else
            {
                table.Diagnostics.Inform(route.Source, IngressDiagnosticIds.CatchAll, "path", message);
            }
        }
    }

    private static bool IsWide(string? host) => host is null || HostName.IsWildcard(host);

    private static string Extent(string? host) => host is null
        ? "a host that no rule names, for an IP address, and without a host, so that no default backend serves those"
        : $"a name directly below '{host[2..]}' that no rule names";

    // Named hosts within its extent: a rule that is renamed or removed there hands its requests to this path.
    private static IEnumerable<(string Host, NamespacedName Owner)> HostsOfOthers(IngressRoute route, LintedTable table)
        => (route.Host is null ? table.NamedHosts : table.HostsBelow[route.Host])
            .Select(host => (Host: host, Owner: table.Buckets[host].First().Ingress.Name))
            .Where(pair => pair.Owner.Namespace != route.Source.Name.Namespace)
            .OrderBy(static pair => pair.Host, StringComparer.Ordinal);

    private static string Others(List<(string Host, NamespacedName Owner)> others)
    {
        var (host, owner) = others[0];
        var more = others.Count > 1 ? ", or another host of another namespace" : "";
        return $" Should '{host}' of Ingress '{owner}' be renamed or removed{more}, its requests go here.";
    }
}
