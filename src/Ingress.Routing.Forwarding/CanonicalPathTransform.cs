using Ingress.Routing.AspNetCore;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Sends exactly the path that was matched, and the query as received (D10), unless a policy rewrites them.</summary>
/// <remarks>YARP builds the target from the decoded <c>Request.Path</c>, and loses what the canonical path keeps (semantics 9.2).</remarks>
internal sealed class CanonicalPathTransform(ILogger logger) : RequestTransform
{
    private static readonly UriCreationOptions s_asIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var match = context.HttpContext.GetIngressMatch()!; // Only routes of Ingresses have this transform.
        if (!IsSendable(match.ForwardedQuery.Span))
        {
            // The canonical path has been checked (D9), the query has not: it takes no part in matching. A tab can end the target for
            // one server and not for the next, and HttpClient would turn other characters into something else.
            Log.QueryRefused(logger, match.Match.Route!);
            return new ValueTask(PlainAnswer.BadQueryAsync(context.HttpContext));
        }

        context.ProxyRequest.RequestUri = new Uri(string.Concat(context.DestinationPrefix, match.ForwardedPath.Span, match.ForwardedQuery.Span), s_asIs);
        return ValueTask.CompletedTask;
    }

    private static bool IsSendable(ReadOnlySpan<char> query) => !query.ContainsAnyExceptInRange('!', '~');
}
