// <core>
using Ingress.Routing;
using Ingress.Routing.Model;
// </core>

namespace Snippets;

internal static class CoreSnippet
{
    public static void Run()
    {
        // <core>
        var shop = new IngressResource
        {
            Metadata = new() { Name = "shop" },
            Rules =
            [
                new()
                {
                    Host = "shop.example.test",
                    Paths = [new() { Path = "/cart", PathType = PathTypes.Prefix, Backend = IngressBackend.ForService("cart", 80) }],
                },
            ],
        };

        var table = IngressRouteTable.Compile(new ClusterSnapshot { Ingresses = [shop] });
        var match = table.Match("shop.example.test", "/cart/items/1");
        Console.WriteLine(match.Route?.Service); // default/cart:80

        // The next table is made of this one and shares what the change leaves alone.
        var moved = shop with { Rules = [new() { Host = "store.example.test", Paths = shop.Rules[0].Paths }] };
        var next = table.Apply(new ClusterChange { Upserted = [moved] });
        Console.WriteLine(next.Match("store.example.test", "/cart").Route?.Service); // default/cart:80
        // </core>
    }
}
