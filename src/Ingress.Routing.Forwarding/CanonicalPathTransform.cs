using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Sends exactly the path that was matched, and the query as received (D10), unless a policy rewrites them.</summary>
/// <remarks>YARP builds the target from the decoded <c>Request.Path</c>, and loses what the canonical path keeps (semantics 9.2).</remarks>
internal sealed class CanonicalPathTransform(ILogger logger) : RequestTransform
{
    private static readonly UriCreationOptions s_asIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var match = MatchOf(context.HttpContext);
        if (!IsSendable(match.ForwardedQuery.Span))
        {
            // The canonical path has been checked (D9), the query has not: it takes no part in matching. A tab can end the target for
            // one server and not for the next, and HttpClient would turn other characters into something else.
            Log.QueryRefused(logger, match.Match.Route!);
            context.HttpContext.GetReverseProxyFeature().ProxiedDestination = null; // it learns nothing of this, and nothing is learnt about it
            return new ValueTask(PlainAnswer.BadQueryAsync(context.HttpContext));
        }

        if (context.HttpContext.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is { } destination)
        {
            EndpointState.Of(destination).Ask();
        }

        context.ProxyRequest.RequestUri = TargetOf(context.DestinationPrefix, context.HttpContext);
        return ValueTask.CompletedTask;
    }

    /// <summary>Where a request goes at an endpoint.</summary>
    /// <param name="address">The address of the endpoint, as YARP has it.</param>
    /// <param name="context">The request.</param>
    public static Uri TargetOf(string address, HttpContext context)
    {
        var match = MatchOf(context);
        return new TargetUri(string.Concat(address, match.ForwardedPath.Span, match.ForwardedQuery.Span), s_asIs);
    }

    private static IIngressMatchFeature MatchOf(HttpContext context) => context.GetIngressMatch()!; // Only routes of Ingresses have this transform.

    private static bool IsSendable(ReadOnlySpan<char> query) => !query.ContainsAnyExceptInRange('!', '~');
}
