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
        if (context.ProxyResponse is { RequestMessage.RequestUri: TargetUri target } response
            && context.HttpContext.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is { } destination)
        {
            EndpointState.Of(destination).Answer((int)response.StatusCode, Stopwatch.GetElapsedTime(target.MadeAt));
        }

        return ValueTask.CompletedTask;
    }
}
