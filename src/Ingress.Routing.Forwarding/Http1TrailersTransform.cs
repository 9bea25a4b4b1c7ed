using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Prepares a response for trailers once its headers are known. YARP does not come here when there is no response.</summary>
internal sealed class Http1TrailersTransform : ResponseTransform
{
    /// <summary>Notes that the body has come to its end; YARP applies it after the last byte, and not to a body that breaks off.</summary>
    public static ResponseTrailersTransform BodyCompleted { get; } = new BodyCompletedTransform();

    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not null)
        {
            Http1Trailers.TakeOver(context.HttpContext);
        }

        return ValueTask.CompletedTask;
    }

    private sealed class BodyCompletedTransform : ResponseTrailersTransform
    {
        public override ValueTask ApplyAsync(ResponseTrailersTransformContext context)
        {
            if (context.HttpContext.Features.Get<IHttpResponseTrailersFeature>() is Http1Trailers trailers)
            {
                trailers.IsBodyComplete = true;
            }

            return ValueTask.CompletedTask;
        }
    }
}
