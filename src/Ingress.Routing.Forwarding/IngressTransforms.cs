using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Limits;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Ingress.Routing.Forwarding;

/// <summary>What changes on the way to a backend and back.</summary>
internal sealed class IngressTransforms(RequestLimits limits, TimeProvider time, ILogger<IngressTransforms> logger, ConnectionDrain? drain = null)
    : ITransformProvider
{
    private readonly IngressRequestTransform _request = new(logger, hasPolicies: false, limits.Connections);
    private readonly IngressRequestTransform _requestWithPolicies = new(logger, hasPolicies: true, limits.Connections);
    private readonly IngressResponseTransform _response = new(backend: null, drain?.Started);
    private readonly IngressResponseTransform _responseWithPolicies = new(new BackendResponseTransform(time), drain?.Started);
    private readonly EarlyHeadTransform _earlyHead = new();
    private readonly TrailersTransform _trailers = new();

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

        var hasPolicies = RouteModelFactory.HasBackendPolicies(context.Route);
        context.UseDefaultForwarders = false; // The request transform has its own.
        context.AddOriginalHost();
        context.RequestTransforms.Add(hasPolicies ? _requestWithPolicies : _request);
        context.ResponseTransforms.Add(hasPolicies ? _responseWithPolicies : _response);
        context.ResponseTransforms.Add(_earlyHead);
        context.CopyResponseTrailers = false;
        context.ResponseTrailersTransforms.Add(_trailers);
    }
}
