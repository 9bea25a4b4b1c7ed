using System.Net;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Sends the head of a response on when its body does not begin, as with a stream of events in which nothing happens yet.</summary>
/// <remarks>
/// YARP sends the head together with the first piece of the body, so the client of such a stream would wait for it until the request is given up.
/// A body whose length is known is behind its head, and is left alone.
/// </remarks>
internal sealed class EarlyHeadTransform : ResponseTransform
{
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (!context.SuppressResponseBody
            && context.ProxyResponse is { Content.Headers.ContentLength: null, StatusCode: not HttpStatusCode.SwitchingProtocols } response
            && response.RequestMessage?.Method != HttpMethod.Connect // a WebSocket over HTTP/2, which is written to as well
            && !HttpMethods.IsHead(context.HttpContext.Request.Method))
        {
            response.Content = new EarlyHeadContent(response.Content, context.HttpContext.Response);
        }

        return default;
    }
}
