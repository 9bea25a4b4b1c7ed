using System.Globalization;
using Ingress.Routing.Gateway.Output;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Writes one line for each log entry, beginning with the time in UTC, and the exception below it, indented.</summary>
internal sealed class LogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name under which the console finds it.</summary>
    public const string FormatterName = "gateway";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        // Diagnostics are results here, and printed as such; the log would only repeat them.
        if (logEntry.EventId.Name is "DiagnosedError" or "DiagnosedWarning")
        {
            return;
        }

        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var now = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        textWriter.WriteLine($"{now} {NameOf(logEntry.LogLevel)} {logEntry.Category}: {PrintableText.Escape(message)}");
        if (logEntry.Exception is { } exception)
        {
            // Its message may quote what a stranger has sent. Indented, no line of it passes for an entry.
            foreach (var line in exception.ToString().ReplaceLineEndings("\n").Split('\n'))
            {
                textWriter.WriteLine($"    {PrintableText.Escape(line)}");
            }
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };
}
