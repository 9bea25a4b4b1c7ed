using System.Net;
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
    private readonly IServiceTargetProvider[] _targets;
    private readonly IngressForwardingOptions _options;
    private readonly IConfigValidator _validator;
    private readonly IClusterDestinationsUpdater _updater;
    private readonly HttpMessageInvoker _network;

    public ServiceClusterFactory(
        IEnumerable<IServiceTargetProvider> targets,
        IOptions<IngressForwardingOptions> options,
        IConfigValidator validator,
        IClusterDestinationsUpdater updater,
        RequestLimits limits)
    {
        _targets = [.. targets];
        _options = options.Value;
        _validator = validator;
        _updater = updater;

        // Connections are pooled by address within it, so Services share nothing but the settings (trap 14).
        _network = new NetworkClientFactory(_options, limits.Connections).Create();
    }

    /// <summary>Works out where the requests for a Service port go.</summary>
    public ResolvedTarget Resolve(ServiceDestinations destinations)
    {
        foreach (var provider in _targets)
        {
            if (provider.FindTarget(destinations) is { } target)
            {
                return ResolvedTarget.Of(destinations, target);
            }
        }

        return ResolvedTarget.Of(destinations, null);
    }

    /// <summary>Makes a cluster that nobody knows yet.</summary>
    public ServiceCluster Create(ServiceDestinations destinations)
    {
        var target = Resolve(destinations);
        var client = target.Handler is { } handler ? new HttpMessageInvoker(new ResponseScreen(handler), disposeHandler: false) : _network;
        return new ServiceCluster(destinations, target, new ClusterModel(Configure(destinations.Service, target), client), _updater);
    }

    public void Dispose() => _network.Dispose();

    private ClusterConfig Configure(ServiceReference service, ResolvedTarget target)
    {
        var config = new ClusterConfig
        {
            ClusterId = service.ToString(),
            LoadBalancingPolicy = _options.LoadBalancingPolicy,
            HttpRequest = new ForwarderRequestConfig
            {
                ActivityTimeout = _options.ActivityTimeout,
                Version = HttpVersion.Version20,
                VersionPolicy = target.IsHttp2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
            },
        };
        if (_options.ConfigureCluster is not { } configure)
        {
            return config;
        }

        config = configure(service, config) with { ClusterId = config.ClusterId, Destinations = null };
        ThrowIfInvalid(config);
        return config;
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
