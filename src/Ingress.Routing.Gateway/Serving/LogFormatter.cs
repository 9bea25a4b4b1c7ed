using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Writes a log entry as one line of text; with stacks, those of its exception below it.</summary>
/// <param name="time">The clock.</param>
/// <param name="withStacks">Whether an exception is written with its stack, and not only with what it says.</param>
internal sealed class LogFormatter(TimeProvider time, bool withStacks) : ILogFormatter
{
    public string Format<TState>(in LogEntry<TState> entry, long suppressed)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Write(entry, text);
        text.GetStringBuilder().Length--; // the last line feed
        return suppressed == 0 ? text.ToString() : $"{text} ({suppressed} more like this since the last one)";
    }

    private void Write<TState>(in LogEntry<TState> logEntry, StringWriter textWriter)
    {
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

    /// <summary>The name of a level.</summary>
    public static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };
}
