using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Limits;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>Tells from what became of a request how its endpoint is.</summary>
internal static class EndpointVerdict
{
    /// <summary>Notes that a request came to a good end.</summary>
    public static void Succeeded(HttpContext context, ServiceCluster cluster)
    {
        if (cluster.Health is { } health && context.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is { } destination)
        {
            health.Succeeded(destination, context.Response.StatusCode);
        }
    }

    /// <summary>Notes that a request failed, if that is the fault of the endpoint.</summary>
    public static void Failed(HttpContext context, ServiceCluster cluster)
    {
        if (cluster.Health is { } health
            && context.Features.Get<IReverseProxyFeature>()?.ProxiedDestination is { } destination
            && context.GetForwarderErrorFeature() is { } failure
            && IsOfEndpoint(context, failure))
        {
            health.Failed(
                destination, FailureCause.Of(failure.Error, failure.Exception), hasAnswered: failure.Error == ForwarderError.ResponseBodyDestination);
        }
    }

    /// <summary>Notes an attempt that another one follows.</summary>
    public static void Note(ClusterHealth? health, DestinationState destination, AttemptOutcome outcome)
    {
        // What a policy wants tried elsewhere need not be a failure.
        if (health is null || outcome.IsStale)
        {
            return;
        }

        if (outcome.Response is { } response)
        {
            EndpointState.Of(destination).Answer((int)response.StatusCode, TimeSpan.Zero);
            health.Succeeded(destination, (int)response.StatusCode);
        }
        else
        {
            health.Failed(destination, outcome.Cause, hasAnswered: false);
        }
    }

    // A kept connection that ended, a place that was missing here, and a client that has gone, are nobody's fault there.
    private static bool IsOfEndpoint(HttpContext context, IForwarderErrorFeature failure)
        => failure.Error is ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.ResponseBodyDestination
            && !FailureLog.IsOfClient(context, failure.Error)
            && NoAnswerException.In(failure.Exception) is not { IsKept: true }
            && !BackendConnectionsExhaustedException.IsCauseOf(failure.Exception);
}
