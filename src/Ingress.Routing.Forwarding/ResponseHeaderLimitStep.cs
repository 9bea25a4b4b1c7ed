using Ingress.Routing.AspNetCore;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding;

/// <summary>Leaves it to <see cref="ResponseHeaderLimitTransform"/>, which sees what a backend answers.</summary>
internal sealed class ResponseHeaderLimitStep : PolicyStep<ResponseHeaderLimit>
{
    protected override RequestDelegate Build(ResponseHeaderLimit policy, IngressEndpointContext endpoint, RequestDelegate rest) => rest;
}
