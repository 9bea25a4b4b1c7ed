using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Forwarding.Limits;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding;

/// <summary>What YARP knows of one Service port. Only the destinations change, in place.</summary>
/// <remarks>Read by any thread; changed by <see cref="ServiceClusters"/> alone, one thread at a time.</remarks>
internal sealed class ServiceCluster
{
    private volatile ServiceDestinations _destinations;
    private volatile ResolvedTarget _target;

    public ServiceCluster(
        ServiceDestinations destinations,
        BackendTraits traits,
        ResolvedTarget target,
        ClusterModel model,
        RequestCount requests,
        Func<ClusterState, ClusterHealth?> health,
        IClusterDestinationsUpdater updater)
    {
        _destinations = destinations;
        Traits = traits;
        Requests = requests;
        _target = target;
        State = new ClusterState(model.Config.ClusterId, model);
        Health = health(State);
        SetDestinations(target, updater, isFirst: true);
    }

    public ClusterState State { get; }

    /// <summary>What decides which endpoints get requests; null leaves it to YARP.</summary>
    public ClusterHealth? Health { get; }

    /// <summary>What policies ask of it.</summary>
    public BackendTraits Traits { get; }

    /// <summary>What it is found by.</summary>
    public ClusterKey Key => new(_destinations.Service, Traits);

    /// <summary>The requests for the Service port on their way, those of its other clusters included.</summary>
    public RequestCount Requests { get; }

    /// <summary>What the route table said when the cluster was last brought up to date.</summary>
    public ServiceDestinations Destinations => _destinations;

    /// <summary>Whether there is anywhere to send requests to, healthy or not.</summary>
    public bool HasDestinations => _target.Addresses.Count > 0;

    /// <summary>Whether HTTP/2 is spoken without asking first.</summary>
    public bool IsHttp2 => _target.IsHttp2;

    /// <summary>Whether the cluster can be brought up to date with a target in place; if not, it needs a successor.</summary>
    public bool CanReach(ResolvedTarget target) => _target.IsReachedLike(target);

    /// <summary>Brings the cluster up to date. Requests in flight keep the destination they have.</summary>
    /// <returns>Whether any destination came or went.</returns>
    public bool Update(ServiceDestinations destinations, ResolvedTarget target, IClusterDestinationsUpdater updater)
    {
        var changed = !target.Addresses.SequenceEqual(_target.Addresses, StringComparer.Ordinal);
        if (changed)
        {
            SetDestinations(target, updater, isFirst: false);
        }

        _target = target;
        _destinations = destinations;
        return changed;
    }

    // An address that stays keeps its DestinationState, and with it its health and its count of requests in flight.
    private void SetDestinations(ResolvedTarget target, IClusterDestinationsUpdater updater, bool isFirst)
    {
        foreach (var gone in State.Destinations.Keys.Except(target.Addresses, StringComparer.OrdinalIgnoreCase))
        {
            if (State.Destinations.TryRemove(gone, out var destination))
            {
                EndpointState.Of(destination).EndWarming();
            }
        }

        // What comes where there is nothing has nobody to leave requests to.
        var isEmpty = isFirst || State.Destinations.IsEmpty;
        List<DestinationState> come = [];
        foreach (var address in target.Addresses)
        {
            if (!State.Destinations.ContainsKey(address))
            {
                come.Add(State.Destinations.GetOrAdd(address, CreateDestination));
            }
        }

        if (Health is null)
        {
            updater.UpdateAllDestinations(State);
        }
        else
        {
            Health.OnChanged(isEmpty ? [] : come);
        }
    }

    private static DestinationState CreateDestination(string address)
        => new(address, new DestinationModel(new DestinationConfig { Address = address }));
}
