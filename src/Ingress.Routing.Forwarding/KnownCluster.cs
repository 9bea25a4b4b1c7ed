using Ingress.Routing.Forwarding.Backends;

namespace Ingress.Routing.Forwarding;

/// <summary>The cluster that the last request of a route was sent to, for the next one of the same table.</summary>
/// <remarks>The number of the table and not the table, which a route that nobody asks for any more would keep in memory.</remarks>
internal sealed class KnownCluster(ServiceReference service, BackendTraits traits, long generation, ServiceCluster cluster)
{
    public ServiceCluster Cluster { get; } = cluster;

    public long Generation { get; } = generation;

    /// <summary>Whether a request would find it again.</summary>
    public bool IsOf(ServiceReference otherService, BackendTraits otherTraits, long otherGeneration)
        => Generation == otherGeneration && ReferenceEquals(service, otherService) && traits == otherTraits;
}
