using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
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

    /// <summary>Adds an entry to each request that is sent.</summary>
    public static RequestTransform Transform { get; } = new HopTransform();

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

    /// <summary>Adds an entry to a request that is sent in another way.</summary>
    public static void AddTo(HttpRequestHeaders headers) => headers.TryAddWithoutValidation(Header, Name);

    private sealed class HopTransform : RequestTransform
    {
        public override ValueTask ApplyAsync(RequestTransformContext context)
        {
            var received = TakeHeader(context, Header);
            AddHeader(context, Header, StringValues.Concat(received, Name));
            return ValueTask.CompletedTask;
        }
    }
}
