using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Sends requests once more that failed on a route whose policies say nothing about it.</summary>
/// <remarks>A request that does not fail costs nothing for it: what a second try needs is made when the first has failed.</remarks>
internal sealed class SecondTry(Retrying retrying, NetworkClients clients)
{
    private readonly BackendPlan _plan = BackendPlan.Default(clients);

    /// <summary>Prepares a request that failed for its second try.</summary>
    /// <param name="context">The request. Nothing of its response has been sent.</param>
    /// <param name="cluster">The cluster that it goes to.</param>
    /// <param name="failure">What YARP says of the first try.</param>
    /// <param name="start">When that began.</param>
    /// <returns>The call to send; null where the failure counts.</returns>
    public BackendCall? Prepare(HttpContext context, ServiceCluster cluster, IForwarderErrorFeature failure, long start)
    {
        if (!retrying.IsOn
            || failure is not { Error: ForwarderError.Request or ForwarderError.RequestTimedOut, Exception: { } exception }
            || context.Response.HasStarted
            || context.RequestAborted.IsCancellationRequested
            || context.Features.Get<Yarp.ReverseProxy.Model.IReverseProxyFeature>()?.ProxiedDestination is not { } failed)
        {
            return null;
        }

        // YARP's own time-out is about an endpoint that has the request, or a part of it. That of a connection says what it is.
        if (exception is OperationCanceledException && exception.InnerException is not TimeoutException)
        {
            return null;
        }

        var outcome = AttemptFailure.Of(exception, cluster.IsHttp2);
        var hasBody = HasBody(context);
        if (hasBody && !IsUntouched(exception))
        {
            return null;
        }

        var call = new BackendCall(context, _plan, start) { Cluster = cluster.State, Requests = cluster.Requests, Health = cluster.Health };
        call.BeginAfter(failed);
        if (retrying.Next(call, outcome, hasBody) is not { } next)
        {
            return null;
        }

        call.Next = next;
        context.Features.Set(call);
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.StatusCode = StatusCodes.Status200OK;
        return call;
    }

    private static bool HasBody(HttpContext context)
        => context.Request.ContentLength != 0 && context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };

    // There was no connection that a body could have been read for.
    private static bool IsUntouched(Exception exception)
        => exception is OperationCanceledException or HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        };
}
