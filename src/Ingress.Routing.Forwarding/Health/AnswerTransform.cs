using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>Notes how long an endpoint took to begin its answer.</summary>
internal sealed class AnswerTransform : ResponseTransform
{
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response
            && context.HttpContext.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is { } destination)
        {
            // A client that speaks TLS itself, or is of the host application, may have changed the address.
            var latency = response.RequestMessage?.RequestUri is TargetUri target ? Stopwatch.GetElapsedTime(target.MadeAt) : TimeSpan.Zero;
            EndpointState.Of(destination).Answer((int)response.StatusCode, latency);
        }

        return ValueTask.CompletedTask;
    }
}
