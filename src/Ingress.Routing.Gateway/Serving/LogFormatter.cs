using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Writes one line for each log entry; with stacks, those of its exception below it.</summary>
/// <param name="time">The clock.</param>
/// <param name="withStacks">Whether an exception is written with its stack, and not only with what it says.</param>
internal sealed class LogFormatter(TimeProvider time, bool withStacks)
{
    public void Write<TState>(in LogEntry<TState> logEntry, TextWriter textWriter)
    {
        // Diagnostics are results here, and printed as such; the log would only repeat them.
        if (logEntry.EventId.Name is "DiagnosedError" or "DiagnosedWarning")
        {
            return;
        }

        var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write($"{now} {NameOf(logEntry.LogLevel)} {logEntry.Category}: {PrintableText.Escape(message)}");
        for (var exception = logEntry.Exception; exception is not null; exception = exception.InnerException)
        {
            textWriter.Write($" | {exception.GetType().Name}: {PrintableText.Escape(exception.Message)}");
        }

        textWriter.WriteLine();
        if (withStacks && logEntry.Exception is { } failure)
        {
            // Its message may quote what a stranger has sent. Indented, no line of it passes for an entry.
            foreach (var line in failure.ToString().ReplaceLineEndings("\n").Split('\n'))
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
