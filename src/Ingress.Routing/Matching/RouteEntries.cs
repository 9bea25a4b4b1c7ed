namespace Ingress.Routing.Matching;

/// <summary>What the cells of a host hold: one entry for each path, however many routes share it by conditions.</summary>
/// <remarks>Regular expressions are no text to look up. They stand in front of each prefix, and of the root, which takes what no prefix does.</remarks>
internal static class RouteEntries
{
    /// <summary>The entries of a host, by precedence. Without conditions they are its routes.</summary>
    public static IReadOnlyList<IngressRoute> Of(HostBucket bucket, bool isHostless)
    {
        if (!bucket.HasChoices)
        {
            return bucket.Routes;
        }

        var prefixes = new Dictionary<string, IngressRoute>(StringComparer.Ordinal);
        var entries = new List<IngressRoute>();
        var patterns = bucket.Routes.Where(static route => route.Pattern is not null).ToArray();
        var groups = bucket.Routes.Where(static route => route.Pattern is null).GroupBy(static route => (IsExact: route.PathType == PathType.Exact, Key: PathText.KeyOf(route).ToString()));

        // The shorter prefixes first, because the longer ones lead to them; what is exact leads to prefixes too.
        foreach (var group in groups.OrderBy(static group => group.Key.IsExact).ThenBy(static group => group.Key.Key.Length))
        {
            var (isExact, key) = group.Key;
            var routes = group.ToArray();
            var entry = routes is [{ Conditions.Count: 0 }]
                ? routes[0]
                : new IngressRoute(routes[0], new RouteAlternatives(routes, BehindOf(key, isExact), bucket.DefaultBackend, isHostless));
            if (isExact)
            {
                entries.Add(entry);
            }
            else
            {
                prefixes.Add(key, entry);
            }
        }

        entries.AddRange(patterns.Length == 0 ? prefixes.Values : prefixes.Values.Select(BehindPatterns));
        if (patterns.Length > 0 && !prefixes.ContainsKey(""))
        {
            entries.Add(BehindPatterns(null));
        }

        return RoutePrecedence.Sort(entries);

        IngressRoute? BehindOf(string key, bool isExact)
        {
            var next = NextOf(key, isExact, prefixes);
            return isExact && patterns.Length > 0 ? BehindPatterns(next) : next;
        }

        IngressRoute BehindPatterns(IngressRoute? prefix)
            => new(prefix ?? patterns[0], new RouteAlternatives(patterns, prefix, bucket.DefaultBackend, isHostless))
            {
                Path = prefix?.Path ?? "/",
                PathType = prefix?.PathType ?? PathType.Prefix,
                Pattern = null,
            };
    }

    /// <summary>The routes behind entries, by precedence.</summary>
    public static IReadOnlyList<IngressRoute> Expand(IReadOnlyList<IngressRoute> entries)
        => entries.All(static entry => entry.Alternatives is null)
            ? entries
            : RoutePrecedence.Sort([.. entries.SelectMany(Behind).Distinct()]);

    private static IEnumerable<IngressRoute> Behind(IngressRoute entry)
    {
        for (var next = entry; next is not null; next = next.Alternatives?.Next)
        {
            foreach (var route in next.Alternatives?.Routes ?? [next])
            {
                yield return route;
            }
        }
    }

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
