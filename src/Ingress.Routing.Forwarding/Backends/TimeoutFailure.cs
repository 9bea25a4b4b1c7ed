using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Says that a backend took too long, where YARP takes the body that was no longer sent for the cause.</summary>
internal sealed class TimeoutFailure(Exception exception) : IForwarderErrorFeature
{
    public ForwarderError Error => ForwarderError.RequestTimedOut;

    public Exception? Exception { get; } = exception;

    /// <summary>Puts the failure of a call in order.</summary>
    public static void Note(BackendCall call)
    {
        if (call.TimedOut is { } exception && !call.Context.Response.HasStarted && !call.Context.RequestAborted.IsCancellationRequested)
        {
            call.Context.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
            call.Context.Features.Set<IForwarderErrorFeature>(new TimeoutFailure(exception));
        }
    }
}
