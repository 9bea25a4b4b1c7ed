using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>The messages about requests that policies send on.</summary>
internal static partial class BackendLog
{
    [LoggerMessage(1, LogLevel.Information, "Request {RequestId}: endpoint {Endpoint} failed ({Cause}). Trying {Next}.", EventName = "TryingNext")]
    public static partial void TryingNext(ILogger logger, string requestId, string endpoint, string cause, string next);
}
