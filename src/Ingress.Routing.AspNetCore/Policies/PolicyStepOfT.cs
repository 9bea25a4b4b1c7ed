using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Carries out the policies of one type.</summary>
/// <typeparam name="TPolicy">The exact type.</typeparam>
public abstract class PolicyStep<TPolicy> : IPolicyStep
    where TPolicy : RoutePolicy
{
    /// <inheritdoc />
    public Type PolicyType => typeof(TPolicy);

    /// <inheritdoc />
    public RequestDelegate Build(RoutePolicy policy, IngressEndpointContext endpoint, RequestDelegate rest)
        => Build((TPolicy)policy, endpoint, rest);

    /// <summary>Puts a policy in front of what serves a route. Called when the route is first requested, perhaps by several threads at once.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="endpoint">The endpoint that is being built.</param>
    /// <param name="rest">What comes after the policy.</param>
    /// <returns>What serves the route from now on.</returns>
    protected abstract RequestDelegate Build(TPolicy policy, IngressEndpointContext endpoint, RequestDelegate rest);
}
