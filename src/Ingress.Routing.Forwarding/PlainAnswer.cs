using System.Text;
using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Ingress.Routing.Forwarding;

/// <summary>The answers that are given when a backend gives none (semantics 17).</summary>
internal static class PlainAnswer
{
    public static Task UnavailableAsync(HttpContext context) => IngressEndpointContext.Unavailable(context);

    public static Task BadQueryAsync(HttpContext context)
        => WriteAsync(context, StatusCodes.Status400BadRequest, "400 Bad Request: the query has characters that cannot be forwarded.\n", "query");

    public static Task LoopAsync(HttpContext context)
        => WriteAsync(context, StatusCodes.Status508LoopDetected, "508 Loop Detected: this request comes back to where it was.\n", "loop");

    public static Task BusyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable, "503 Service Unavailable: too many requests are in flight; try again.\n", "busy");
    }

    /// <summary>Adds a body to the status that YARP sets when forwarding fails.</summary>
    public static Task FailedAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status502BadGateway => WriteAsync(
            context, StatusCodes.Status502BadGateway, "502 Bad Gateway: the backend refused or broke the connection.\n", null),
        StatusCodes.Status503ServiceUnavailable => UnavailableAsync(context),
        StatusCodes.Status504GatewayTimeout => WriteAsync(
            context, StatusCodes.Status504GatewayTimeout, "504 Gateway Timeout: the backend took too long.\n", null),
        var status => WriteAsync(context, status, $"{status} {ReasonPhrases.GetReasonPhrase(status)}.\n", null),
    };

    private static Task WriteAsync(HttpContext context, int status, string text, string? reason)
    {
        context.GetIngressRecord()?.Reason ??= reason;
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";

        // An application that designs its own error pages keeps them: they are only added to an empty response.
        if (context.Features.Get<IStatusCodePagesFeature>() is { Enabled: true })
        {
            return Task.CompletedTask;
        }

        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = text.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.WriteAsync(text, Encoding.ASCII, context.RequestAborted);
    }
}
