using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Carries out policies that let requests in or refuse them, so that one of several can be enough.</summary>
internal interface IAccessStep
{
    /// <summary>Makes what looks at each request.</summary>
    /// <returns>Null when the policy has nothing to say about the route.</returns>
    Func<HttpContext, ValueTask<AccessOutcome>>? BuildCheck(RoutePolicy policy, IngressEndpointContext endpoint);

    /// <summary>Takes out of a request that was let in, by whichever policy, what the backend must not get.</summary>
    void Clean(HttpContext context);
}
