using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Changes the headers of the response, at the last moment, so that those of the backend are there. Every answer of the route passes here.</summary>
/// <typeparam name="TEdits">The changes.</typeparam>
internal sealed class ResponseHeaderEditsStep<TEdits> : PolicyStep<TEdits>
    where TEdits : HeaderEdits
{
    protected override RequestDelegate Build(TEdits policy, IngressEndpointContext endpoint, RequestDelegate rest) => context =>
    {
        context.Response.OnStarting(
            static state =>
            {
                var (context, policy) = ((HttpContext, TEdits))state;
                HeaderEditing.Apply(policy.Edits, context.Response.Headers, HeaderEditing.RequestOf(context), context.Response.StatusCode);
                return Task.CompletedTask;
            },
            (context, policy));
        return rest(context);
    };
}
