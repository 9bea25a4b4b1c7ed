using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding;

/// <summary>The messages of forwarding; YARP itself logs what becomes of requests, in the categories <c>Yarp.ReverseProxy.*</c>.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Service port '{Service}' has nowhere to send requests: {Status}.", EventName = "NoDestinations")]
    public static partial void NoDestinations(ILogger logger, ServiceReference service, DestinationStatus status);

    [LoggerMessage(2, LogLevel.Debug, "Service port '{Service}' has {Count} destinations now.", EventName = "DestinationsChanged")]
    public static partial void DestinationsChanged(ILogger logger, ServiceReference service, int count);

    [LoggerMessage(3, LogLevel.Error, "Service port '{Service}' could not be brought up to date. Its next request tries again.",
        EventName = "UpdateFailed")]
    public static partial void UpdateFailed(ILogger logger, Exception exception, ServiceReference service);

    [LoggerMessage(4, LogLevel.Debug, "The query of a request for route '{Route}' has characters that cannot be forwarded.",
        EventName = "QueryRefused")]
    public static partial void QueryRefused(ILogger logger, IngressRoute route);
}
