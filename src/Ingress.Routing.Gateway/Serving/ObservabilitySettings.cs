using Ingress.Routing.Gateway.Serving.Observability;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>What is told about requests, and where.</summary>
internal sealed record ObservabilitySettings
{
    /// <summary>Whether responses name the table by which their request was matched.</summary>
    public bool SendGeneration { get; init; }

    /// <summary>How the access log is written; null when there is none.</summary>
    public AccessLogFormat? AccessLog { get; init; }

    /// <summary>The file of the access log; null for standard output.</summary>
    public string? AccessLogFile { get; init; }

    /// <summary>Whether the access log has queries in it.</summary>
    public bool AccessLogQuery { get; init; }

    /// <summary>Whether the gateway's own log is JSON.</summary>
    public bool IsLogJson { get; init; }

    /// <summary>How many routes are told apart in measurements; null for the default.</summary>
    public int? MaxMeasuredRoutes { get; init; }

    /// <summary>Where traces and metrics are sent to by OTLP; null for what the environment says.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>Which part of the traces that begin here is recorded; null for what the environment says.</summary>
    public double? TraceRatio { get; init; }

    /// <summary>The environment, of which the variables <c>OTEL_*</c> count; null for that of the process.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Whether standard output belongs to the access log.</summary>
    public bool IsAccessLogOnOutput => AccessLog is not null && AccessLogFile is null;
}
