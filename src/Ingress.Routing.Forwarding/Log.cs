using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.Forwarding;

/// <summary>The messages of forwarding.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning,
        "Status {Status} for request {RequestId}: host '{Host}', route '{Route}', Service '{Service}', endpoint {Endpoint}: {Cause}.",
        EventName = "Failed")]
    public static partial void Failed(
        ILogger logger, int status, string requestId, string host, IngressRoute route, ServiceReference service, string endpoint, string cause);

    [LoggerMessage(2, LogLevel.Debug, "Service port '{Service}' has {Count} destinations now.", EventName = "DestinationsChanged")]
    public static partial void DestinationsChanged(ILogger logger, ServiceReference service, int count);

    [LoggerMessage(3, LogLevel.Error, "Service port '{Service}' could not be brought up to date. Its next request tries again.",
        EventName = "UpdateFailed")]
    public static partial void UpdateFailed(ILogger logger, Exception exception, ServiceReference service);

    [LoggerMessage(4, LogLevel.Debug, "The query of a request for route '{Route}' has characters that cannot be forwarded.",
        EventName = "QueryRefused")]
    public static partial void QueryRefused(ILogger logger, IngressRoute route);

    [LoggerMessage(5, LogLevel.Debug,
        "The client of request {RequestId} is gone: host '{Host}', route '{Route}', Service '{Service}', endpoint {Endpoint}: {Error}.",
        EventName = "ClientGone")]
    public static partial void ClientGone(
        ILogger logger, string requestId, string host, IngressRoute route, ServiceReference service, string endpoint, ForwarderError error);

    [LoggerMessage(6, LogLevel.Debug, "What went wrong with request {RequestId}.", EventName = "FailureDetails")]
    public static partial void FailureDetails(ILogger logger, Exception exception, string requestId);

    [LoggerMessage(7, LogLevel.Debug, "A request is not copied: {Max} copies are on their way.", EventName = "TooManyCopies")]
    public static partial void TooManyCopies(ILogger logger, int max);

    [LoggerMessage(8, LogLevel.Debug, "A copy of a request for {Host} failed: {Message}", EventName = "CopyFailed")]
    public static partial void CopyFailed(ILogger logger, string message, string host);
}
