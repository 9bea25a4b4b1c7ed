using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Policies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Decides whether and where a request is sent once more after an attempt failed.</summary>
/// <remarks>
/// What is always safe happens without being asked for: a request that reached no endpoint, whatever its method, and one without a body whose method may be
/// repeated (RFC 9110, 9.2.2) and whose connection ended before a byte of the answer. The policies of a route may ask for more, or for nothing.
/// </remarks>
internal sealed class Retrying(RouteBalancing balancing, BackendMetrics metrics, IOptions<IngressForwardingOptions> options, ILogger<BackendHandler> logger)
{
    // How often and how long, where policies say nothing.
    private static readonly Retries s_safe = new() { MaxTries = 3, MaxTime = TimeSpan.FromSeconds(10) };

    /// <summary>Whether anything is sent again where policies say nothing.</summary>
    public bool IsOn { get; } = options.Value.Retries;

    /// <summary>The endpoint to try next; null where the failure counts. It is logged and counted here.</summary>
    /// <param name="call">The request; what it has tried ends with the endpoint that failed.</param>
    /// <param name="outcome">What came of the last attempt.</param>
    /// <param name="hasBody">Whether a body goes with the request.</param>
    public DestinationState? Next(BackendCall call, AttemptOutcome outcome, bool hasBody)
    {
        var policy = call.Plan.Retries;
        if ((policy is null && !IsOn) || call.IsOver || !outcome.MayGoOn(policy, call.Context.Request.Method, hasBody))
        {
            return null;
        }

        var failed = call.Tried[^1];
        var next = call.HasTriesLeft(policy ?? s_safe) ? OtherEndpoint(call) : null;
        if (next is null)
        {
            // A connection that the backend had closed says nothing about the endpoint. It is asked again once, over a new one.
            if (!(outcome.IsStale || outcome.IsLost) || call.UsesNewConnection || !outcome.MayGoOn(null, call.Context.Request.Method, hasBody))
            {
                return null;
            }

            next = failed;
        }

        // Where nothing of the request arrived, and where nothing but an idle connection was lost, the endpoints have no more to do for it.
        if (outcome is { WasSent: true, IsStale: false } or { Failure: RetryConditions.Timeout } && !call.Requests.Retries.TryTake(call.Requests.Total))
        {
            if (call.Requests.Retries.ShouldSay(out _))
            {
                BackendLog.RetryBudgetSpent(logger, call.Requests.Name);
            }

            metrics.RetryRefused(call.Requests.Name);
            return null;
        }

        Note(call, outcome, failed, next);
        call.UsesNewConnection = outcome.IsStale || outcome.IsLost;
        return next;
    }

    // A session that the host application has YARP keep stays where it is.
    private DestinationState? OtherEndpoint(BackendCall call)
        => call.Cluster.Model.Config.SessionAffinity is { Enabled: true }
            ? null
            : balancing.Choose(call, call.Cluster, call.Cluster.DestinationsState.AvailableDestinations);

    private void Note(BackendCall call, AttemptOutcome outcome, DestinationState failed, DestinationState next)
    {
        EndpointVerdict.Note(call.Health, failed, outcome);
        metrics.Retried(call.Requests.Name, outcome);
        var cause = outcome.Cause;
        call.AddFailure(failed.Model.Config.Address, cause);
        BackendLog.TryingNext(logger, call.Context.TraceIdentifier, failed.DestinationId, cause, next.DestinationId);
        if (call.Requests.Retries.ShouldSay(out var count))
        {
            BackendLog.Retrying(logger, call.Requests.Name, call.Context.TraceIdentifier, failed.DestinationId, cause, next.DestinationId, count);
        }
    }
}
