using System.Globalization;
using Ingress.Routing.Matching;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Matching;

public sealed class PathIndexTests
{
    // Several Ingresses together can give a host so many; none may be lost.
    [Fact]
    public void Find_HostWithEightHundredThousandPaths_FindsEach()
    {
        const int Count = 800_000;
        var source = RouteSource.OfPath(Some.Ingress("t/many", [Some.Rule("many.test", Some.Exact("/"))]), 0, 0);
        var service = new ServiceReference(new("t", "web"), new() { Number = 80 });
        var routes = new IngressRoute[Count];
        for (var i = 0; i < Count; i++)
        {
            routes[i] = new(source, service) { Path = Path(i), PathType = PathType.Exact };
        }

        var hash = TextHash.Draw();
        var cells = new HostBucket(routes, HostScope.None).ToCells(HostName.Exact("many.test"), hash);

        for (var i = 0; i < Count; i += 997)
        {
            Assert.Same(routes[i], PathTable.Find(cells, Path(i), hash));
        }

        Assert.Same(routes[^1], PathTable.Find(cells, Path(Count - 1), hash));
        Assert.Null(PathTable.Find(cells, Path(Count), hash));
    }

    private static string Path(int number) => string.Create(CultureInfo.InvariantCulture, $"/{number:d8}");
}
