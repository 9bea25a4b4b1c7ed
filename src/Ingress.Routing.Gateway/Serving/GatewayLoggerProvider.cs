using Ingress.Routing.Gateway.Output;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Writes the log to standard error, without ever making anybody wait for its reader.</summary>
internal sealed class GatewayLoggerProvider(LogFormatter formatter, LogThrottle throttle, QueuedWriter output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Write<TState>(in LogEntry<TState> entry)
    {
        // What is asked for with --verbose comes whole; of what warns, a stranger may be the cause.
        long suppressed = 0;
        if (entry.LogLevel >= LogLevel.Warning && !throttle.TryPass(entry.Category, entry.EventId, out suppressed))
        {
            return;
        }

        using var text = new StringWriter { NewLine = "\n" };
        formatter.Write(entry, text);
        if (text.GetStringBuilder() is { Length: > 0 } line)
        {
            line.Length--;
            output.Post(suppressed == 0 ? line.ToString() : $"{line} ({suppressed} more like this since the last one)");
        }
    }

    private sealed class Logger(GatewayLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => provider.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter));
    }
}
