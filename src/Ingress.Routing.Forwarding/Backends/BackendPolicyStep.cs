using Ingress.Routing.AspNetCore;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Leaves a policy about the backend to what forwards: routes that are served otherwise have none to be spoken to.</summary>
internal sealed class BackendPolicyStep(Type policyType) : IPolicyStep
{
    public Type PolicyType { get; } = policyType;

    public RequestDelegate Build(RoutePolicy policy, IngressEndpointContext endpoint, RequestDelegate rest) => rest;
}
