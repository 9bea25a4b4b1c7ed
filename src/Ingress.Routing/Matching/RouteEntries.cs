namespace Ingress.Routing.Matching;

/// <summary>What the cells of a host hold: one entry for each path, however many routes share it by conditions.</summary>
internal static class RouteEntries
{
    /// <summary>The entries of a host, by precedence. Without conditions they are its routes.</summary>
    public static IReadOnlyList<IngressRoute> Of(HostBucket bucket, bool isHostless)
    {
        if (!bucket.HasConditions)
        {
            return bucket.Routes;
        }

        var prefixes = new Dictionary<string, IngressRoute>(StringComparer.Ordinal);
        var entries = new List<IngressRoute>();
        var groups = bucket.Routes.GroupBy(static route => (IsExact: route.PathType == PathType.Exact, Key: PathText.KeyOf(route).ToString()));

        // The shorter prefixes first, because the longer ones lead to them; what is exact leads to prefixes too.
        foreach (var group in groups.OrderBy(static group => group.Key.IsExact).ThenBy(static group => group.Key.Key.Length))
        {
            var (isExact, key) = group.Key;
            var routes = group.ToArray();
            var entry = routes is [{ Conditions.Count: 0 }]
                ? routes[0]
                : new IngressRoute(routes[0], new RouteAlternatives(routes, NextOf(key, isExact, prefixes), bucket.DefaultBackend, isHostless));
            entries.Add(entry);
            if (!isExact)
            {
                prefixes.Add(key, entry);
            }
        }

        return RoutePrecedence.Sort(entries);
    }

    /// <summary>The routes behind entries, by precedence.</summary>
    public static IReadOnlyList<IngressRoute> Expand(IReadOnlyList<IngressRoute> entries)
        => entries.All(static entry => entry.Alternatives is null)
            ? entries
            : RoutePrecedence.Sort([.. entries.SelectMany(static entry => entry.Alternatives?.Routes ?? [entry])]);

    // The longest prefix that ends where an element of the path does; the path itself only for an exact one.
    private static IngressRoute? NextOf(string key, bool isExact, Dictionary<string, IngressRoute> prefixes)
    {
        var byText = prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var end = isExact ? key.Length : key.Length - 1; end >= 0; end--)
        {
            if ((end == key.Length || key[end] == '/') && byText.TryGetValue(key.AsSpan(0, end), out var entry))
            {
                return entry;
            }
        }

        return null;
    }
}
