using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Takes an answer for a failure that a client would take for an open WebSocket.</summary>
/// <remarks>
/// Over HTTP/2 every 2xx says that the tunnel is open (RFC 8441, 5). A backend says so with 101 over HTTP/1.1, and with 200 over HTTP/2 alone; with
/// any other it has answered as to a plain GET.
/// </remarks>
internal sealed class UpgradeAnswerTransform : ResponseTransform
{
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { IsSuccessStatusCode: true } response
            && context.HttpContext.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
            && !(response.StatusCode == HttpStatusCode.OK && response.RequestMessage?.Method == HttpMethod.Connect))
        {
            throw new HttpRequestException(
                HttpRequestError.InvalidResponse, $"The backend answered {(int)response.StatusCode} where it was asked to open a WebSocket.");
        }

        return ValueTask.CompletedTask;
    }
}
