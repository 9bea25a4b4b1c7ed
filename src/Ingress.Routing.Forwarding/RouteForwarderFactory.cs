using Ingress.Routing.Forwarding.Limits;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding;

/// <summary>Makes what forwards the requests of a route, to its backends or to wherever a policy sends them.</summary>
internal sealed class RouteForwarderFactory(
    ServiceClusters clusters, RouteModelFactory models, ProxyPipeline pipeline, RequestLimits limits, ILogger<RouteForwarder> logger)
{
    public RouteForwarder Create(IngressRoute route) => new(route, clusters, models, pipeline.Delegate, limits, logger);
}
