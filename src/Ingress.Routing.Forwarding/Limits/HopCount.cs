using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>How often a request has been forwarded by gateways of this kind, written into the request itself (RFC 8586).</summary>
/// <remarks>
/// Not in <c>Via</c>: servers answer differently when they see it. nginx stops compressing, for one. Each gateway adds an entry and takes none
/// away, so that a loop of any shape comes to its end. What a client writes can only make its own requests end sooner.
/// </remarks>
internal static class HopCount
{
    public const string Header = "CDN-Loop";

    private const string Name = "ingress-routing";

    /// <summary>Counts the entries, wherever they stand: a client may write anything around them.</summary>
    public static int Of(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Header, out var values))
        {
            return 0;
        }

        var hops = 0;
        foreach (var value in values)
        {
            hops += value.AsSpan().Count(Name);
        }

        return hops;
    }

    /// <summary>Adds an entry to a request that is sent, behind those that it has.</summary>
    public static void AddTo(RequestTransformContext context)
    {
        if (!context.HeadersCopied && context.HttpContext.Request.Headers.TryGetValue(Header, out var received))
        {
            // An application that copies no headers must not make loops endless.
            RequestTransform.AddHeader(context, Header, received);
        }

        AddTo(context.ProxyRequest.Headers);
    }

    /// <summary>Adds an entry to a request that is sent in another way.</summary>
    public static void AddTo(HttpRequestHeaders headers) => headers.TryAddWithoutValidation(Header, Name);
}
