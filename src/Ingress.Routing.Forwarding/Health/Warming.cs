using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>Gives endpoints that are new, or come back, fewer requests than their share.</summary>
/// <remarks>An endpoint that was chosen gives some of its requests to the others. Where all are new, they give to each other, and none goes without.</remarks>
internal static class Warming
{
    /// <summary>The endpoint that gets a request.</summary>
    public static DestinationState? Settle(
        ILoadBalancingPolicy policy, HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> available, DestinationState? chosen)
    {
        if (chosen is null || available.Count < 2)
        {
            return chosen;
        }

        var share = EndpointState.Of(chosen).ShareNow();
        if (share >= 1 || Random.Shared.NextDouble() < share)
        {
            return chosen;
        }

        List<DestinationState> others = [.. available.Where(destination => destination != chosen)];
        return policy.PickDestination(context, cluster, others) ?? chosen;
    }
}
