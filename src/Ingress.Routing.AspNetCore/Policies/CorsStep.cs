using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.AspNetCore;

/// <summary>Tells browsers what pages of other sites may do.</summary>
/// <remarks>
/// The platform's <c>ICorsService</c> puts the methods, the headers and the age on preflight answers alone, keeps what the backend says about
/// them, and compares wildcards with any number of labels.
/// </remarks>
internal sealed class CorsStep : PolicyStep<Cors>
{
    protected override RequestDelegate Build(Cors policy, IngressEndpointContext endpoint, RequestDelegate rest) => context =>
    {
        var allowed = policy.AllowedOrigin(context.Request.Headers.Origin);
        if (allowed is not null || !policy.AdmitsAny)
        {
            context.Response.OnStarting(SetHeadersAsync, (context.Response, policy, allowed));
        }

        return allowed is not null && policy.Evaluate(HeaderEditing.RequestOf(context)).IsAnswer ? AnswerAsync(context, policy) : rest(context);
    };

    // At the last moment, so that what the backend says is there to be replaced.
    private static Task SetHeadersAsync(object state)
    {
        var (response, policy, allowed) = ((HttpResponse, Cors, string?))state;
        var headers = response.Headers;
        if (!policy.AdmitsAny && !headers.GetCommaSeparatedValues(HeaderNames.Vary).Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
        {
            headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Origin); // a cache must not give one site what another was told
        }

        if (allowed is null)
        {
            return Task.CompletedTask;
        }

        headers.AccessControlAllowOrigin = allowed;
        headers.AccessControlAllowMethods = policy.Methods;
        headers.AccessControlAllowHeaders = policy.Headers;
        headers.AccessControlMaxAge = policy.MaxAgeText;
        if (policy.ExposedHeaders is { } exposed)
        {
            headers.AccessControlExposeHeaders = exposed;
        }

        if (policy.AllowsCredentials)
        {
            headers.AccessControlAllowCredentials = "true";
        }

        return Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext context, Cors policy)
    {
        context.GetIngressRecord()?.Reason = AnswerReason.Preflight;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (policy.AnswersAllOptions)
        {
            // As nginx words it.
            context.Response.ContentType = "text/plain charset=UTF-8";
        }

        return Task.CompletedTask;
    }
}
