using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Leaves it to what writes the log: that stands in front of the route, and looks at its policies.</summary>
internal sealed class AccessLogStep : PolicyStep<AccessLog>
{
    protected override RequestDelegate Build(AccessLog policy, IngressEndpointContext endpoint, RequestDelegate rest) => rest;
}
