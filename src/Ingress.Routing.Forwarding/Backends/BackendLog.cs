using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>The messages about requests that are sent once more.</summary>
internal static partial class BackendLog
{
    [LoggerMessage(1, LogLevel.Information, "Request {RequestId}: endpoint {Endpoint} failed ({Cause}). Trying {Next}.", EventName = "TryingNext")]
    public static partial void TryingNext(ILogger logger, string requestId, string endpoint, string cause, string next);

    [LoggerMessage(2, LogLevel.Warning,
        "Service port '{Service}': request {RequestId} failed at endpoint {Endpoint} ({Cause}), and is tried at {Next}. Such failures since this was last said, each logged at the level Information: {Count}.",
        EventName = "Retrying")]
    public static partial void Retrying(ILogger logger, string service, string requestId, string endpoint, string cause, string next, long count);

    [LoggerMessage(3, LogLevel.Warning,
        "Service port '{Service}': too many of its requests fail to send each of them once more. Further ones are answered with their failure.",
        EventName = "RetryBudgetSpent")]
    public static partial void RetryBudgetSpent(ILogger logger, string service);
}
