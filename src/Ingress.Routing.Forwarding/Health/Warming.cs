using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>Gives endpoints that are new, or come back, fewer requests than their share.</summary>
/// <remarks>An endpoint that was chosen gives some of its requests to the others. Where all are new, they give to each other, and none goes without.</remarks>
internal static class Warming
{
    /// <summary>Whether an endpoint gives the request away that it was chosen for.</summary>
    public static bool GivesAway(DestinationState? chosen)
        => chosen is not null && EndpointState.Of(chosen).ShareNow() is < 1 and var share && Random.Shared.NextDouble() >= share;

    /// <summary>The endpoint that gets a request.</summary>
    public static DestinationState? Settle(
        ILoadBalancingPolicy policy, HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> available, DestinationState? chosen)
    {
        if (available.Count < 2 || !GivesAway(chosen))
        {
            return chosen;
        }

        List<DestinationState> others = [.. available.Where(destination => destination != chosen)];
        return policy.PickDestination(context, cluster, others) ?? chosen;
    }
}
