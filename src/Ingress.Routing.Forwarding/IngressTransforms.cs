using Ingress.Routing.Forwarding.Limits;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Ingress.Routing.Forwarding;

/// <summary>What changes on the way to a backend and back.</summary>
internal sealed class IngressTransforms(RequestLimits limits, ILogger<IngressTransforms> logger) : ITransformProvider
{
    private readonly CanonicalPathTransform _canonicalPath = new(logger);
    private readonly HostTransform _host = new();
    private readonly Http1TrailersTransform _trailers = new();

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        if (!RouteModelFactory.IsIngressRoute(context.Route))
        {
            return;
        }

        context.RequestTransforms.Add(_canonicalPath);
        context.AddOriginalHost();

        // Set, not appended: what a client claims about itself does not reach the backend. An application behind another proxy that it
        // trusts uses ForwardedHeadersMiddleware, and these follow it.
        context.AddXForwardedFor();
        context.AddXForwardedProto();
        context.RequestTransforms.Add(_host);
        context.AddXForwardedPrefix(action: ForwardedTransformActions.Remove);
        context.AddRequestHeaderRemove("Forwarded");

        limits.AddTo(context);
        context.ResponseTransforms.Add(_trailers);
        context.ResponseTrailersTransforms.Add(Http1TrailersTransform.BodyCompleted);
    }
}
