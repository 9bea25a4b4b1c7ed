namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>What goes wrong with the access log.</summary>
internal static partial class AccessLogMessages
{
    [LoggerMessage(1, LogLevel.Error, "Lines of the access log could not be written and are lost: {Cause}", EventName = "NotWritten")]
    public static partial void NotWritten(ILogger logger, string cause);
}
