using Ingress.Routing.AspNetCore;

namespace Ingress.Routing.Forwarding;

/// <summary>The target that a backend gets: exactly the path that was matched, and the query as received (D10), unless a policy rewrites them.</summary>
/// <remarks>YARP builds the target from the decoded <c>Request.Path</c>, and loses what the canonical path keeps (semantics 9.2).</remarks>
internal static class RequestTarget
{
    private static readonly UriCreationOptions s_asIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Whether every server reads the query in the same way.</summary>
    public static bool IsSendable(IIngressMatchFeature match) => !match.ForwardedQuery.Span.ContainsAnyExceptInRange('!', '~');

    /// <summary>Where a request goes at an endpoint.</summary>
    /// <param name="address">The address of the endpoint, as YARP has it.</param>
    /// <param name="match">The match of the request.</param>
    public static Uri Of(string address, IIngressMatchFeature match)
        => new TargetUri(string.Concat(address, match.ForwardedPath.Span, match.ForwardedQuery.Span), s_asIs);
}
