using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Carries out one type of policies.</summary>
/// <remarks>
/// Registered as a singleton service. Policies that the request alone decides (<see cref="RequestPolicy"/>) need none. Must be thread-safe.
/// </remarks>
public interface IPolicyStep
{
    /// <summary>The exact type of the policies.</summary>
    Type PolicyType { get; }

    /// <summary>Puts a policy in front of what serves a route. Called when the route is first requested.</summary>
    /// <param name="policy">The policy, of <see cref="PolicyType"/>.</param>
    /// <param name="endpoint">The endpoint that is being built; <see cref="IngressEndpointContext.Table"/> must not be kept.</param>
    /// <param name="rest">What comes after the policy.</param>
    /// <returns>What serves the route from now on; <paramref name="rest"/> itself when the policy needs nothing done here.</returns>
    RequestDelegate Build(RoutePolicy policy, IngressEndpointContext endpoint, RequestDelegate rest);
}
