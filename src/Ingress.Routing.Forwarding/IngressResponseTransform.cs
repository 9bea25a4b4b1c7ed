using System.Diagnostics;
using System.Net;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Errors;
using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Forwarding.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Everything that changes in a response on its way to the client, in its one order. YARP comes here without a response too.</summary>
/// <param name="backend">What the policies of the route change; null where they say nothing.</param>
/// <param name="leave">Cancelled when the server stops; null where WebSockets are not to know.</param>
internal sealed class IngressResponseTransform(BackendResponseTransform? backend, CancellationToken? leave) : ResponseTransform
{
    private readonly WebSocketLeaving? _webSockets = leave is { } stops ? new(stops) : null;

    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } response)
        {
            return ValueTask.CompletedTask;
        }

        var http = context.HttpContext;
        http.Features.Get<ForwardedRequest>()!.Observation?.HeadCame();
        if (http.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is { } destination)
        {
            // A client that speaks TLS itself, or is of the host application, may have changed the address.
            var latency = response.RequestMessage?.RequestUri is TargetUri target ? Stopwatch.GetElapsedTime(target.MadeAt) : TimeSpan.Zero;
            EndpointState.Of(destination).Answer((int)response.StatusCode, latency);
        }

        CheckUpgrade(http, response);
        _webSockets?.Wrap(response);

        // A policy replaces nothing below 400, and most answers have no business looking for it.
        if (response.StatusCode >= HttpStatusCode.BadRequest && ErrorReplacement.Of(http)?.ReplacesBackend((int)response.StatusCode) == true)
        {
            context.SuppressResponseBody = true; // Another answer takes the place of the backend's.
        }

        Http1Trailers.TakeOver(http);
        backend?.Apply(context);
        return ValueTask.CompletedTask;
    }

    // Over HTTP/2 every 2xx says that the tunnel is open (RFC 8441, 5). A backend says so with 101 over HTTP/1.1, and with 200 over HTTP/2
    // alone; with any other it has answered as to a plain GET.
    private static void CheckUpgrade(HttpContext context, HttpResponseMessage response)
    {
        if (HttpMethods.IsConnect(context.Request.Method)
            && response.IsSuccessStatusCode
            && context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
            && !(response.StatusCode == HttpStatusCode.OK && response.RequestMessage?.Method == HttpMethod.Connect))
        {
            throw new HttpRequestException(
                HttpRequestError.InvalidResponse, $"The backend answered {(int)response.StatusCode} where it was asked to open a WebSocket.");
        }
    }
}
