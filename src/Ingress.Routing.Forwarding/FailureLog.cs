using Ingress.Routing.Forwarding.Backends;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.Forwarding;

/// <summary>Says in one line why a request got no answer from a backend, or only a part of one.</summary>
internal static class FailureLog
{
    /// <summary>Logs that there is no endpoint to ask.</summary>
    public static void NoDestinations(ILogger logger, HttpContext context, IngressRoute route, ServiceDestinations destinations)
    {
        if (logger.IsEnabled(LogLevel.Warning))
        {
            Log.Failed(
                logger, StatusCodes.Status503ServiceUnavailable, context.TraceIdentifier, HostOf(context), route, destinations.Service, "none",
                CauseOf(destinations.Status));
        }
    }

    /// <summary>Logs what YARP has noted about a request.</summary>
    public static void Failure(ILogger logger, HttpContext context, IngressRoute route, ServiceReference service, IForwarderErrorFeature failure)
    {
        var endpoint = context.Features.Get<Yarp.ReverseProxy.Model.IReverseProxyFeature>()?.ProxiedDestination?.Model.Config.Address ?? "none";
        if (IsOfClient(context, failure.Error))
        {
            Log.ClientGone(logger, context.TraceIdentifier, HostOf(context), route, service, endpoint, failure.Error);
        }
        else if (logger.IsEnabled(LogLevel.Warning))
        {
            Log.Failed(
                logger, context.Response.StatusCode, context.TraceIdentifier, HostOf(context), route, service, endpoint,
                FailureCause.Of(failure.Error, failure.Exception) + EarlierCauses(context));
        }

        if (failure.Exception is { } exception)
        {
            Log.FailureDetails(logger, exception, context.TraceIdentifier);
        }
    }

    private static string EarlierCauses(HttpContext context)
        => context.Features.Get<BackendCall>() is { Failures: { Count: > 0 } failures }
            ? "; before that " + string.Join(", ", failures.Select(static failure => $"{failure.Endpoint} ({failure.Cause})"))
            : "";

    /// <summary>Whether the client is the reason, or gone.</summary>
    public static bool IsOfClient(HttpContext context, ForwarderError error)
        => (context.RequestAborted.IsCancellationRequested && error != ForwarderError.ResponseBodyDestination) // then the abort is ours
            || error is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.RequestBodyClient
                or ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient
                or ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeRequestClient
                or ForwarderError.UpgradeResponseCanceled or ForwarderError.UpgradeResponseClient;

    private static string HostOf(HttpContext context) => FailureCause.Printable(context.Request.Headers.Host.ToString());

    private static string CauseOf(DestinationStatus status) => status switch
    {
        DestinationStatus.ServiceNotFound => "there is no such Service",
        DestinationStatus.PortNotFound => "the Service has no such port",
        DestinationStatus.ExternalName => "the Service is of type ExternalName, which is refused",
        _ => "the Service has no ready endpoint",
    };
}
