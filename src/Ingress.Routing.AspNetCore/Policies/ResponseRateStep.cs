using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore;

/// <summary>Sends bodies no faster than the policy says.</summary>
internal sealed class ResponseRateStep(TimeProvider time) : PolicyStep<ResponseRate>
{
    protected override RequestDelegate Build(ResponseRate policy, IngressEndpointContext endpoint, RequestDelegate rest) => async context =>
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var paced = new StreamResponseBodyFeature(new PacedStream(body.Stream, policy, time), body);
        context.Features.Set<IHttpResponseBodyFeature>(paced);
        try
        {
            await rest(context);
            if (context.Response.HasStarted)
            {
                await paced.CompleteAsync(); // what was written by its pipe
            }
        }
        finally
        {
            context.Features.Set(body);
        }
    };
}
