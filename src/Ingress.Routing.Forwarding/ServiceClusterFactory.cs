using System.Net;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Forwarding.Limits;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding;

/// <summary>Makes the clusters of Service ports from the options.</summary>
internal sealed class ServiceClusterFactory : IDisposable
{
    // The policies of routes wait themselves, and each for its own time.
    private static readonly TimeSpan s_longestActivityTimeout = TimeSpan.FromDays(1);

    private readonly IServiceTargetProvider[] _targets;
    private readonly IngressForwardingOptions _options;
    private readonly IConfigValidator _validator;
    private readonly IClusterDestinationsUpdater _updater;
    private readonly Retrying _retrying;
    private readonly HealthFactory _health;
    private readonly RequestLimits _limits;
    private readonly HttpMessageInvoker _network;

    public ServiceClusterFactory(
        IEnumerable<IServiceTargetProvider> targets,
        IOptions<IngressForwardingOptions> options,
        IConfigValidator validator,
        IClusterDestinationsUpdater updater,
        RequestLimits limits,
        Retrying retrying,
        HealthFactory health)
    {
        _targets = [.. targets];
        _options = options.Value;
        _validator = validator;
        _updater = updater;

        // Connections are pooled by address within it, so Services share nothing but the settings (trap 14).
        _health = health;
        _retrying = retrying;
        _limits = limits;
        _network = new NetworkClientFactory(_options, limits.Connections, ClientSettings.Default, Follow).Create();
    }

    /// <summary>Works out where the requests for a Service port go.</summary>
    public ResolvedTarget Resolve(ServiceDestinations destinations, BackendTraits traits)
    {
        foreach (var provider in _targets)
        {
            if (provider.FindTarget(destinations) is { } target)
            {
                return ResolvedTarget.Of(destinations, target, traits);
            }
        }

        return ResolvedTarget.Of(destinations, null, traits);
    }

    /// <summary>Makes a cluster that is not in use yet.</summary>
    /// <param name="destinations">What the route table says of the Service port.</param>
    /// <param name="traits">What policies ask of the cluster.</param>
    /// <param name="requests">Counts the requests for the Service port.</param>
    public ServiceCluster Create(ServiceDestinations destinations, BackendTraits traits, RequestCount requests)
    {
        var target = Resolve(destinations, traits);
        var client = target.Handler is { } handler
            ? new HttpMessageInvoker(
                new BackendHandler(new ResponseScreen(handler, isOfApplication: true), _retrying, _limits) { IsOfApplication = true }, disposeHandler: false)
            : _network;
        return new ServiceCluster(
            destinations,
            traits,
            target,
            new ClusterModel(Configure(destinations.Service, traits, target), client),
            requests,
            cluster => _health.Create(cluster, destinations.Service, traits.Health, target),
            _updater);
    }

    public void Dispose() => _network.Dispose();

    private BackendHandler Follow(HttpMessageHandler handler) => new(handler, _retrying, _limits);

    private ClusterConfig Configure(ServiceReference service, BackendTraits traits, ResolvedTarget target)
    {
        var config = new ClusterConfig
        {
            ClusterId = service + traits.Suffix,
            LoadBalancingPolicy = _options.LoadBalancingPolicy,
            HttpRequest = new ForwarderRequestConfig
            {
                ActivityTimeout = traits.HasTimeouts ? s_longestActivityTimeout : _options.ActivityTimeout,
                Version = HttpVersion.Version20,
                VersionPolicy = target.IsHttp2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
            },
        };
        if (_options.ConfigureCluster is { } configure)
        {
            config = configure(service, config) with { ClusterId = config.ClusterId, Destinations = null };
            ThrowIfInvalid(config);
        }

        // The host application may have chosen a policy for this Service. Otherwise those of routes go before the one for all.
        return config.LoadBalancingPolicy == _options.LoadBalancingPolicy ? config with { LoadBalancingPolicy = RouteBalancing.PolicyName } : config;
    }

    private void ThrowIfInvalid(ClusterConfig config)
    {
        // Asynchronous in form only: YARP's validators look at the values and at registered services.
        var errors = _validator.ValidateClusterAsync(config).AsTask().GetAwaiter().GetResult();
        if (errors.Count > 0)
        {
            throw new InvalidOperationException(
                $"'{nameof(IngressForwardingOptions.ConfigureCluster)}' returned an invalid configuration for '{config.ClusterId}'.",
                new AggregateException(errors));
        }
    }
}
