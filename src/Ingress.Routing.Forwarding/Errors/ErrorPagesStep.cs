using Ingress.Routing.AspNetCore;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.Forwarding.Errors;

/// <summary>Asks another Service to answer in place of an error, wherever it comes from.</summary>
/// <remarks>
/// Everything that answers leaves its response empty where status code pages are enabled, and that is what this is. Errors that are not replaced
/// get their few words here.
/// </remarks>
internal sealed class ErrorPagesStep(RouteForwarderFactory forwarders) : PolicyStep<ErrorPages>
{
    // What the client needs to go on, whatever the page says.
    private static readonly string[] s_kept = [HeaderNames.WWWAuthenticate, HeaderNames.RetryAfter, HeaderNames.Allow, HeaderNames.Connection];

    protected override RequestDelegate Build(ErrorPages policy, IngressEndpointContext endpoint, RequestDelegate rest)
    {
        var forwarder = forwarders.Create(endpoint.Route);
        return async context =>
        {
            var application = context.Features.Get<IStatusCodePagesFeature>();
            var replacement = new ErrorReplacement(policy, application);
            context.Features.Set<IStatusCodePagesFeature>(replacement);
            try
            {
                await rest(context);
            }
            finally
            {
                replacement.End(context);
            }

            if (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            if (replacement.Replaces(context.Response))
            {
                await AskAsync(context, policy, forwarder);
            }
            else if (application is not { Enabled: true } && IsEmptyError(context.Response))
            {
                await PlainAnswer.FailedAsync(context);
            }
        };
    }

    private static async Task AskAsync(HttpContext context, ErrorPages policy, RouteForwarder forwarder)
    {
        var response = context.Response;
        var status = response.StatusCode;
        var kept = s_kept.Select(name => (Name: name, Values: response.Headers[name])).Where(static header => !StringValues.IsNullOrEmpty(header.Values)).ToList();
        response.Clear();
        foreach (var (name, values) in kept)
        {
            response.Headers[name] = values;
        }

        context.Features.Set<IForwarderErrorFeature>(null);
        ErrorRequest.AskForPage(context, context.GetIngressMatch()!, policy.Service, status);
        await forwarder.InvokeAsync(context);
    }

    private static bool IsEmptyError(HttpResponse response)
        => !response.HasStarted && response is { StatusCode: >= StatusCodes.Status400BadRequest, ContentLength: null, ContentType: null };
}
