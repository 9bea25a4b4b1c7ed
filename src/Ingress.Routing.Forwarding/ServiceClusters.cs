using System.Collections.Concurrent;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Limits;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding;

/// <summary>One <see cref="ServiceCluster"/> for each Service port that was requested, and for what policies ask of it, kept as long as a route refers to it.</summary>
/// <remarks>
/// <para>
/// YARP's own configuration would rebuild every cluster for each changed endpoint. Here only the changed cluster is touched, and what hangs
/// on it, such as the health of its destinations, survives.
/// </para>
/// <para>
/// Two ways lead to an up-to-date cluster. Publishing brings those up to date whose Service the change touches, so that health checks learn
/// of new destinations; and a request that has the table in force before publishing has come to its cluster does so itself. A request is
/// therefore never sent by an older generation than its own; one that publishing overtakes may be sent by the newer.
/// </para>
/// <para>The dictionary is read without a lock. Code that changes it, or a cluster, holds the gate.</para>
/// </remarks>
internal sealed class ServiceClusters : IDisposable
{
    private const int MostQuestions = 32;

    private readonly ConcurrentDictionary<ClusterKey, ServiceCluster> _clusters = new();
    private readonly Lock _gate = new();
    private readonly IngressRouter _router;
    private readonly ServiceClusterFactory _factory;
    private readonly IClusterDestinationsUpdater _updater;
    private readonly IClusterChangeListener[] _listeners;
    private readonly ILogger _logger;
    private readonly IDisposable _registration;

    // Of one Service there may be several, for its ports and for what policies ask. Only for code that holds the gate.
    private readonly Dictionary<NamespacedName, List<ClusterKey>> _keysOf = [];
    private IngressRouteTable? _table;

    public ServiceClusters(
        IngressRouter router,
        ServiceClusterFactory factory,
        IClusterDestinationsUpdater updater,
        IEnumerable<IClusterChangeListener> listeners,
        ILogger<ServiceClusters> logger)
    {
        _router = router;
        _factory = factory;
        _updater = updater;
        _listeners = [.. listeners];
        _logger = logger;
        _registration = router.OnPublished(OnPublished);
    }

    /// <summary>The Service ports that have a cluster.</summary>
    public IEnumerable<ServiceReference> Services => _clusters.Keys.Select(static key => key.Service).Distinct();

    /// <summary>Finds or creates the cluster of a Service port that policies ask nothing of.</summary>
    /// <param name="service">The Service port.</param>
    /// <param name="table">The table of the request; it need no longer be in force.</param>
    public ServiceCluster Get(ServiceReference service, IngressRouteTable table) => Get(new ClusterKey(service, default), table);

    /// <summary>Finds or creates the cluster of a Service port.</summary>
    /// <param name="key">The Service port, and what policies ask of its cluster.</param>
    /// <param name="table">The table of the request; it need no longer be in force.</param>
    public ServiceCluster Get(ClusterKey key, IngressRouteTable table)
    {
        var destinations = table.GetDestinations(key.Service);
        return _clusters.TryGetValue(key, out var cluster) && ReferenceEquals(cluster.Destinations, destinations)
            ? cluster
            : Refresh(key, destinations, table);
    }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_gate)
        {
            foreach (var cluster in _clusters.Values)
            {
                cluster.Health?.Dispose();
            }
        }
    }

    private ServiceCluster Refresh(ClusterKey key, ServiceDestinations destinations, IngressRouteTable table)
    {
        lock (_gate)
        {
            var isInForce = ReferenceEquals(table, _router.Current);
            if (_clusters.TryGetValue(key, out var cluster) && (!isInForce || TryUpdate(cluster, destinations)))
            {
                return cluster;
            }

            cluster = _factory.Create(destinations, key.Traits, RequestsOf(key.Service));
            if (isInForce)
            {
                Add(cluster);
            }

            // Otherwise the last route to it is gone, and it serves this one request only.
            return cluster;
        }
    }

    private void OnPublished(IngressRouteTable table)
    {
        lock (_gate)
        {
            var changes = _table is null ? null : table.ChangesSince(_table);
            _table = table;
            var touched = changes is null
                ? [.. _clusters.Keys]
                : changes.Services.SelectMany(service => _keysOf.GetValueOrDefault(service, [])).ToList();

            // A rollout leaves all routes alone, and a new route all Services but its own. Each question about a Service goes through the
            // Ingresses of its namespace, so for many of them the routes are looked through once.
            if (changes is { AffectRoutes: false })
            {
                Renew(touched, table, static _ => true);
            }
            else if (changes is not null && touched.Count <= MostQuestions)
            {
                Renew(touched, table, table.MayRefer);
            }
            else
            {
                var referenced = table.Routes.SelectMany(static route => route.Services).ToHashSet();
                Renew(touched, table, referenced.Contains);
            }
        }
    }

    private void Renew(List<ClusterKey> keys, IngressRouteTable table, Predicate<ServiceReference> isReferenced)
    {
        foreach (var key in keys)
        {
            if (!isReferenced(key.Service))
            {
                Drop(key);
                continue;
            }

            try
            {
                TryUpdate(_clusters[key], table.GetDestinations(key.Service));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Code of the host application failed. The others must be served, and the next request for this one meets the error.
                Log.UpdateFailed(_logger, exception, key.Service);
                Drop(key);
            }
        }
    }

    private bool TryUpdate(ServiceCluster cluster, ServiceDestinations destinations)
    {
        var target = _factory.Resolve(destinations, cluster.Traits);
        if (!cluster.CanReach(target))
        {
            // YARP fixes protocol and handler for the life of a cluster. The next request makes a new one.
            Drop(cluster.Key);
            return false;
        }

        if (cluster.Update(destinations, target, _updater))
        {
            Log.DestinationsChanged(_logger, destinations.Service, target.Addresses.Count);
            foreach (var listener in _listeners)
            {
                listener.OnClusterChanged(cluster.State);
            }
        }

        return true;
    }

    private void Add(ServiceCluster cluster)
    {
        var key = cluster.Key;
        _clusters[key] = cluster;
        if (!_keysOf.TryGetValue(key.Service.Name, out var keys))
        {
            keys = [];
            _keysOf.Add(key.Service.Name, keys);
        }

        keys.Add(key);
        cluster.Health?.Start();
        foreach (var listener in _listeners)
        {
            listener.OnClusterAdded(cluster.State);
        }
    }

    // The requests for a Service port are counted together, whatever policies they come by.
    private RequestCount RequestsOf(ServiceReference service)
        => _keysOf.GetValueOrDefault(service.Name, []).Where(key => key.Service == service).Select(key => _clusters[key].Requests).FirstOrDefault() ?? new(service);

    private void Drop(ClusterKey key)
    {
        if (_clusters.TryRemove(key, out var cluster))
        {
            cluster.Health?.Dispose();
            if (_keysOf[key.Service.Name] is { Count: > 1 } keys)
            {
                keys.Remove(key);
            }
            else
            {
                _keysOf.Remove(key.Service.Name);
            }

            foreach (var listener in _listeners)
            {
                listener.OnClusterRemoved(cluster.State);
            }
        }
    }
}
