using Ingress.Routing.AspNetCore;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Errors;

/// <summary>Leaves it to <see cref="RouteForwarder"/>, which knows whether there is an endpoint to ask.</summary>
internal sealed class FallbackServiceStep : PolicyStep<FallbackService>
{
    protected override RequestDelegate Build(FallbackService policy, IngressEndpointContext endpoint, RequestDelegate rest) => rest;
}
