using Ingress.Routing.Matching;

namespace Ingress.Routing.Compilation;

/// <summary>All routes of a generation. Put together when it is asked for, because that costs more than a change does.</summary>
/// <param name="hosts">The hosts with a claim; the empty one stands for all hosts.</param>
internal sealed class RouteList(IEnumerable<string> hosts, RouteMatcher matcher, DefaultBackends defaults)
{
    private IReadOnlyList<IngressRoute>? _value;

    /// <summary>Most specific first, each route once.</summary>
    public IReadOnlyList<IngressRoute> Value
        => Volatile.Read(ref _value) ?? Interlocked.CompareExchange(ref _value, InOrder(), null) ?? _value;

    // A default for known hosts cannot be chosen where no host is known.
    private List<IngressRoute> InOrder()
    {
        var buckets = hosts
            .OrderBy(static host => host.Length == 0)
            .ThenBy(static host => HostName.IsWildcard(host))
            .ThenBy(static host => host, StringComparer.Ordinal)
            .Select(matcher.BucketOf)
            .OfType<HostBucket>()
            .ToList();
        var others = buckets.Select(static bucket => bucket.DefaultBackend)
            .Append(matcher.Named.Count > 0 ? defaults.KnownHost : null)
            .Append(defaults.UnknownHost)
            .OfType<IngressRoute>()
            .Distinct();
        return [.. buckets.SelectMany(static bucket => bucket.Routes), .. others];
    }
}
