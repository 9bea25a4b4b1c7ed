// <match>
using Ingress.Routing;
using Ingress.Routing.Manifests;
// </match>

namespace Snippets;

internal static class MatchSnippet
{
    public static void Run()
    {
        // <match>
        var manifests = IngressManifests.Load(["deploy/"]);
        var table = IngressRouteTable.Compile(manifests.Snapshot);

        foreach (var diagnostic in table.Diagnostics)
        {
            Console.WriteLine(diagnostic);
        }

        var match = table.Match(host: "shop.example.test", target: "/cart/items?page=2");
        Console.WriteLine($"{match.Status}: {match.Route?.Service} for {match.Path}");
        // </match>
    }
}
