// <explain>
using Ingress.Routing;
using Ingress.Routing.Explanation;
using Ingress.Routing.Manifests;
// </explain>

namespace Snippets;

internal static class ExplainSnippet
{
    public static void Run()
    {
        // <explain>
        var table = IngressRouteTable.Compile(IngressManifests.Load(["deploy/"]).Snapshot);
        var explanation = table.Explain(host: "shop.example.test", target: "/cart?page=2", serverName: "shop.example.test");

        Console.WriteLine(explanation.Message);
        foreach (var claim in explanation.Claims.Where(claim => claim.Outcome == ClaimOutcome.Outranked))
        {
            Console.WriteLine($"{claim.Location} {claim.PathType} {claim.Path}: {claim.Message}");
        }
        // </explain>
    }
}
