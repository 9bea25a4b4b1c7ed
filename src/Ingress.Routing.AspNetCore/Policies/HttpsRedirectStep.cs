using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Redirects plain http to https. What comes over https pays nothing for it.</summary>
internal sealed class HttpsRedirectStep : PolicyStep<HttpsRedirect>
{
    protected override RequestDelegate Build(HttpsRedirect policy, IngressEndpointContext endpoint, RequestDelegate rest)
    {
        var evaluated = new EvaluatedStep(policy, rest);
        return context => context.Request.IsHttps ? rest(context) : evaluated.InvokeAsync(context);
    }
}
