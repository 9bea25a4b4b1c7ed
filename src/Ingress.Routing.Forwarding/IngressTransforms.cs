using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Ingress.Routing.Forwarding;

/// <summary>What changes in a request on its way to a backend: its target becomes the canonical one, and it says where it came from.</summary>
internal sealed class IngressTransforms(ILogger<IngressTransforms> logger) : ITransformProvider
{
    private readonly CanonicalPathTransform _canonicalPath = new(logger);
    private readonly ForwardedHostTransform _forwardedHost = new();

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
        context.RequestTransforms.Add(_forwardedHost);
        context.AddXForwardedPrefix(action: ForwardedTransformActions.Remove);
        context.AddRequestHeaderRemove("Forwarded");
    }
}
