using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>What <c>run</c> writes to, and in which form.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, as the log has it.</param>
/// <param name="Report">What is served, line by line.</param>
/// <param name="Log">What is said besides, line by line.</param>
internal sealed record RunLines(QueuedWriter Output, QueuedWriter Error, TextWriter Report, TextWriter Log)
{
    /// <summary>Chooses the forms.</summary>
    public static RunLines Of(ObservabilitySettings settings, QueuedWriter output, QueuedWriter error)
    {
        var json = new JsonLogFormatter(TimeProvider.System, withStacks: false);
        if (settings.IsLogJson)
        {
            error.NoteFormat = note => json.Format("gateway", note);
        }

        if (settings.IsLogJson || settings is { IsAccessLogOnOutput: true, AccessLog: Observability.AccessLogFormat.Json })
        {
            output.NoteFormat = note => json.Format("gateway", note);
        }

        // Whoever reads an access log reads nothing else.
        var report = settings.IsAccessLogOnOutput ? error : output;
        return settings.IsLogJson
            ? new(output, error, new JsonLineWriter(report, json, "report"), new JsonLineWriter(error, json, "gateway"))
            : new(output, error, report, error);
    }
}
