namespace Ingress.Routing.Matching;

/// <summary>From canonical host and path to a route. The seam below which data structures may change freely.</summary>
/// <param name="named">The buckets of exact and wildcard hosts.</param>
/// <param name="hostless">The bucket of the rules for all hosts, if there are any.</param>
/// <param name="knownHostDefault">The default backend behind a named bucket that has none of its own (D14, steps 3 and 5).</param>
/// <param name="unknownHostDefault">The default backend when no named bucket was selected (D14, steps 3 to 5).</param>
internal sealed class RouteMatcher(
    HostTable<HostBucket> named, HostBucket? hostless, IngressRoute? knownHostDefault, IngressRoute? unknownHostDefault)
{
    public HostTable<HostBucket> Named { get; } = named;

    public HostBucket? Hostless { get; } = hostless;

    /// <param name="host">The canonical host.</param>
    /// <param name="path">The canonical path.</param>
    /// <param name="route">The route; null exactly when the status is <see cref="IngressMatchStatus.NotFound"/>.</param>
    public IngressMatchStatus Find(RequestHost host, ReadOnlySpan<char> path, out IngressRoute? route)
    {
        // Exact before wildcard before host-less, always (D5a), and the first one found decides (D5b).
        var bucket = Named.FindExact(host) ?? Named.FindWildcard(host);
        var lastResort = bucket is null ? unknownHostDefault : knownHostDefault;
        bucket ??= Hostless;

        route = bucket?.Paths.Find(path);
        if (route is not null)
        {
            return IngressMatchStatus.Rule;
        }

        route = bucket?.DefaultBackend ?? lastResort;
        return route is null ? IngressMatchStatus.NotFound : IngressMatchStatus.DefaultBackend;
    }
}
