using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Errors;
using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Forwarding.Observability;
using Ingress.Routing.Forwarding.WebSockets;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Ingress.Routing.Forwarding;

/// <summary>What changes on the way to a backend and back.</summary>
internal sealed class IngressTransforms(RequestLimits limits, TimeProvider time, ILogger<IngressTransforms> logger, ConnectionDrain? drain = null)
    : ITransformProvider
{
    private readonly CanonicalPathTransform _canonicalPath = new(logger);
    private readonly HostTransform _host = new();
    private readonly BackendRequestTransform _backendRequest = new();
    private readonly BackendResponseTransform _backendResponse = new(time);
    private readonly StrippedPrefixTransform _strippedPrefix = new();
    private readonly UpgradeInsecureRequestsTransform _upgradeInsecureRequests = new();
    private readonly AnswerTransform _answer = new();
    private readonly UpgradeAnswerTransform _upgradeAnswer = new();
    private readonly WebSocketLeaveTransform? _webSocketLeave = drain is null ? null : new(drain.Started);
    private readonly ReplacedErrorsTransform _replacedErrors = new();
    private readonly UpstreamObservation.HeadTransform _head = new();
    private readonly Http1TrailersTransform _http1Trailers = new();
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

        context.RequestTransforms.Add(_canonicalPath);
        context.AddOriginalHost();

        // Set, not appended: they follow what trusted proxies have said. What a client claims about itself is gone by now (RequestScreen).
        context.AddXForwardedFor();
        context.AddXForwardedProto();
        context.RequestTransforms.Add(_host);
        context.RequestTransforms.Add(_strippedPrefix);
        context.RequestTransforms.Add(_upgradeInsecureRequests);

        if (RouteModelFactory.HasBackendPolicies(context.Route))
        {
            // Behind those that say who the client is, and in front of what counts hops: a policy can change neither.
            context.RequestTransforms.Add(_backendRequest);
        }

        limits.AddTo(context);
        context.ResponseTransforms.Add(_head);
        context.ResponseTransforms.Add(_answer);
        context.ResponseTransforms.Add(_upgradeAnswer);
        if (_webSocketLeave is not null)
        {
            context.ResponseTransforms.Add(_webSocketLeave);
        }

        context.ResponseTransforms.Add(_replacedErrors);
        context.ResponseTransforms.Add(_http1Trailers);
        if (RouteModelFactory.HasBackendPolicies(context.Route))
        {
            context.ResponseTransforms.Add(_backendResponse);
        }

        context.ResponseTransforms.Add(_earlyHead);
        context.CopyResponseTrailers = false;
        context.ResponseTrailersTransforms.Add(_trailers);
    }
}
