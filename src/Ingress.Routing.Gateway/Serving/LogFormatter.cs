using Ingress.Routing.Gateway.Output;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Writes one line for each log entry, and the exception below it.</summary>
internal sealed class LogFormatter() : ConsoleFormatter(FormatterName)
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
        textWriter.WriteLine($"{NameOf(logEntry.LogLevel)} {logEntry.Category}: {PrintableText.Escape(message)}");
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception.ToString());
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
