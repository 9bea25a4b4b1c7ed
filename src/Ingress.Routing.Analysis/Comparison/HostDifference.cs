namespace Ingress.Routing.Comparison;

/// <summary>Everything that is answered differently below some hosts, all of which change alike. Immutable.</summary>
public sealed class HostDifference
{
    internal HostDifference(IReadOnlyList<HostRegion> hosts, PathRegion paths, IReadOnlyList<RouteDifference> routes)
    {
        Hosts = hosts;
        Paths = paths;
        Routes = routes;
    }

    /// <summary>The hosts: exact ones by name, then wildcard hosts, then all others.</summary>
    public IReadOnlyList<HostRegion> Hosts { get; }

    /// <summary>All paths that are answered differently.</summary>
    public PathRegion Paths { get; }

    /// <summary>The differences, each with its part of <see cref="Paths"/>; no two have the same two answers.</summary>
    public IReadOnlyList<RouteDifference> Routes { get; }
}
