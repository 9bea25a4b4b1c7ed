using System.Collections.Frozen;

namespace Ingress.Routing.Benchmarks;

/// <summary>What is compared, each as a loop over the same requests.</summary>
internal static class Subjects
{
    /// <summary>The library, by its public way in.</summary>
    public static Contender Match(IngressRouteTable table, Requests requests) => new("Match", () => MatchAll(table, requests));

    /// <summary>A dictionary with a ready-made key: no host to fold, no path to check, no prefix, nothing but one exact hit.</summary>
    public static Contender ReadyMadeKey(IngressRouteTable table, Requests requests)
    {
        var routes = table.Routes
            .Where(static route => route.Path is not null)
            .DistinctBy(static route => route.Host + route.Path)
            .ToFrozenDictionary(static route => route.Host + route.Path);
        return new("FrozenDictionary", () => FindAll(routes, requests));
    }

    /// <summary>Endpoint routing with the same rules, as near as it can express them.</summary>
    public static Contender EndpointRouting(EndpointRouter router, Requests requests, int count)
        => new("endpoint routing", () =>
        {
            var found = 0;
            for (var i = 0; i < count; i++)
            {
                found += router.Match(requests.Hosts[i], requests.Targets[i]) ? 1 : 0;
            }

            return found;
        });

    public static int MatchAll(IngressRouteTable table, Requests requests)
    {
        var found = 0;
        var (hosts, targets) = (requests.Hosts, requests.Targets);
        for (var i = 0; i < hosts.Length; i++)
        {
            found += table.Match(hosts[i], targets[i]).Route is null ? 0 : 1;
        }

        return found;
    }

    private static int FindAll(FrozenDictionary<string, IngressRoute> routes, Requests requests)
    {
        var found = 0;
        foreach (var key in requests.Keys)
        {
            found += routes.TryGetValue(key, out var route) && route is not null ? 1 : 0;
        }

        return found;
    }
}
