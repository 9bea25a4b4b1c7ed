using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Policies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>Makes what decides about the endpoints of clusters.</summary>
internal sealed class HealthFactory(
    IOptions<IngressForwardingOptions> options, NetworkClients clients, HealthMetrics metrics, TimeProvider time, ILogger<ClusterHealth> logger)
{
    private static readonly EndpointHealth s_off = new() { MaxFailures = 0, NoticesOutliers = false, SlowStart = TimeSpan.Zero };

    /// <summary>Makes one for a cluster; null where nothing is said, or the host application has YARP decide.</summary>
    public ClusterHealth? Create(ClusterState cluster, ServiceReference service, HealthPlan? plan, ResolvedTarget target)
    {
        if (target.Handler is not null || cluster.Model.Config.HealthCheck is not null || (plan?.Health ?? options.Value.Health ?? (plan?.Probe is null ? null : s_off)) is not { } policy)
        {
            return null;
        }

        var prober = plan?.Probe is { } probe ? new EndpointProber(probe, target.IsHttp2, clients.Get(plan.ClientSettings)!, time) : null;
        return new ClusterHealth(policy, prober, cluster, service.ToString(), time, metrics, logger) { Window = options.Value.HealthWindow };
    }
}
