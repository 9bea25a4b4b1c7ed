using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>The messages about requests that were not sent.</summary>
internal static partial class LimitLog
{
    [LoggerMessage(1, LogLevel.Warning,
        "A request for route '{Route}' has been forwarded {Hops} times already: the endpoints of Service port '{Service}' seem to lead back here. It was answered with 508.",
        EventName = "Loop")]
    public static partial void Loop(ILogger logger, IngressRoute route, ServiceReference service, int hops);

    [LoggerMessage(2, LogLevel.Warning,
        "Service port '{Service}' has {Max} requests in flight, as many as it may. Further ones are answered with 503.", EventName = "ServiceBusy")]
    public static partial void ServiceBusy(ILogger logger, ServiceReference service, int max);

    [LoggerMessage(3, LogLevel.Warning,
        "There is no room for another connection to a backend (at most {Max} may be open). A request for Service port '{Service}' was answered with 503.",
        EventName = "BackendConnectionsFull")]
    public static partial void ConnectionsFull(ILogger logger, ServiceReference service, int max);
}
