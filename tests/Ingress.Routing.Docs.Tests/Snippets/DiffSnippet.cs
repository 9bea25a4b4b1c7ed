// <diff>
using Ingress.Routing;
using Ingress.Routing.Comparison;
using Ingress.Routing.Manifests;
// </diff>

namespace Snippets;

internal static class DiffSnippet
{
    public static void Run()
    {
        // <diff>
        var before = IngressRouteTable.Compile(IngressManifests.Load(["before/"]).Snapshot);
        var after = IngressRouteTable.Compile(IngressManifests.Load(["after/"]).Snapshot);

        foreach (var host in RouteTableComparison.Compare(before, after).Hosts)
        {
            foreach (var change in host.Routes)
            {
                Console.WriteLine($"{change.Paths}: {change.Before} -> {change.After}, see {change.Witness.Url}");
            }
        }
        // </diff>
    }
}
