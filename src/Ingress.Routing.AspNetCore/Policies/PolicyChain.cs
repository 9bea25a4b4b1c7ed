using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore;

/// <summary>Puts the policies of a route in front of what serves it, once, in their one order. A route without policies pays nothing.</summary>
internal sealed partial class PolicyChain
{
    private readonly Dictionary<Type, IPolicyStep> _steps = [];
    private readonly ILogger _logger;

    public PolicyChain(IEnumerable<IPolicyStep> steps, TimeProvider time, ILogger<PolicyChain> logger)
    {
        IPolicyStep[] ours =
        [
            new HttpsRedirectStep(), new RequestHeaderEditsStep(),
            new ResponseHeaderEditsStep(),
            new RateLimitStep(time),
            new ConcurrencyLimitStep(),
            new CorsStep(),
            new BodySizeLimitStep(),
            new RequestBufferingStep(),
            new ResponseRateStep(time),
            new AccessLogStep(),
        ];
        foreach (var step in ours.Concat(steps))
        {
            _steps[step.PolicyType] = step; // the last one counts, so that an application can replace ours
        }

        _logger = logger;
    }

    public RequestDelegate Build(IngressEndpointContext endpoint, RequestDelegate serve)
    {
        // What changes answers stands in front of all that can give one, so that it sees a redirect and a refusal too.
        // Which client certificates are required was evaluated before the endpoint was chosen.
        var policies = endpoint.Route.Policies.All;
        serve = Build(policies.Where(static policy => policy.Stage is > PolicyStage.ClientCertificate and < PolicyStage.ErrorPages), endpoint, serve);
        return Build(policies.Where(static policy => policy.Stage >= PolicyStage.ErrorPages).Reverse(), endpoint, serve);
    }

    private RequestDelegate Build(IEnumerable<RoutePolicy> policies, IngressEndpointContext endpoint, RequestDelegate serve)
        => policies.Reverse().Aggregate(serve, (rest, policy) => Build(policy, endpoint, rest));

    private RequestDelegate Build(RoutePolicy policy, IngressEndpointContext endpoint, RequestDelegate rest)
    {
        if (_steps.TryGetValue(policy.GetType(), out var step))
        {
            return step.Build(policy, endpoint, rest);
        }

        if (policy is RequestPolicy evaluated)
        {
            return new EvaluatedStep(evaluated, rest).InvokeAsync;
        }

        // It may be what protects the route.
        Log.NoStep(_logger, policy.GetType(), endpoint.Route.Id);
        return IngressEndpointContext.Unavailable;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "No step carries out {Policy}. Route '{Route}' answers 503. Register an IPolicyStep for it.", EventName = "NoStep")]
        public static partial void NoStep(ILogger logger, Type policy, string route);
    }
}
