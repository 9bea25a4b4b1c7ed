using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Changes the headers of the request before it goes to the backend.</summary>
internal sealed class RequestHeaderEditsStep : PolicyStep<RequestHeaderEdits>
{
    protected override RequestDelegate Build(RequestHeaderEdits policy, IngressEndpointContext endpoint, RequestDelegate rest) => context =>
    {
        HeaderEditing.RemoveOtherSpellings(policy.Edits, context.Request.Headers);
        HeaderEditing.Apply(policy.Edits, context.Request.Headers, HeaderEditing.RequestOf(context));
        return rest(context);
    };
}
