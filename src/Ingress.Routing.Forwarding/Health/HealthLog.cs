using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>The messages about endpoints that get no requests.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(1, LogLevel.Warning,
        "Service port '{Service}': endpoint {Endpoint} gets no requests for {Seconds} s: {Cause}. {Left} of {All} endpoints get some.", EventName = "SetAside")]
    public static partial void SetAside(ILogger logger, string service, string endpoint, double seconds, string cause, int left, int all);

    [LoggerMessage(2, LogLevel.Information, "Service port '{Service}': endpoint {Endpoint} gets requests again.", EventName = "Back")]
    public static partial void Back(ILogger logger, string service, string endpoint);

    [LoggerMessage(3, LogLevel.Warning,
        "Service port '{Service}': endpoint {Endpoint} gets no requests, because {Count} probes in a row failed: {Cause}. {Left} of {All} endpoints get some.",
        EventName = "ProbesFail")]
    public static partial void ProbesFail(ILogger logger, string service, string endpoint, int count, string cause, int left, int all);

    [LoggerMessage(4, LogLevel.Warning,
        "Service port '{Service}': {Well} of {All} endpoints are well, and fewer than {Percent} % are not enough. All of them get requests.", EventName = "Panic")]
    public static partial void Panic(ILogger logger, string service, int well, int all, int percent);

    [LoggerMessage(5, LogLevel.Information, "Service port '{Service}': {Well} of {All} endpoints are well, which is enough again.", EventName = "PanicEnds")]
    public static partial void PanicEnds(ILogger logger, string service, int well, int all);
}
