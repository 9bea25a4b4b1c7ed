using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Prepares a response for trailers once its headers are known. YARP does not come here when there is no response.</summary>
internal sealed class Http1TrailersTransform : ResponseTransform
{
    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not null)
        {
            Http1Trailers.TakeOver(context.HttpContext);
        }

        return ValueTask.CompletedTask;
    }
}
