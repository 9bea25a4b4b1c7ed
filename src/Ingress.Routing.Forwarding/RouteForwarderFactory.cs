using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Limits;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding;

/// <summary>Makes what forwards the requests of a route, to its backends or to wherever a policy sends them.</summary>
internal sealed class RouteForwarderFactory(
    ServiceClusters clusters, RouteModelFactory models, ProxyPipeline pipeline, RequestLimits limits, SecondTry secondTry, ILogger<RouteForwarder> logger)
{
    /// <param name="route">The route.</param>
    /// <param name="plan">What its policies say about its backend; null where they say nothing, or the request goes elsewhere.</param>
    public RouteForwarder Create(IngressRoute route, BackendPlan? plan = null) => new(route, plan, clusters, models, pipeline.Delegate, limits, secondTry, logger);
}
