using Ingress.Routing.Gateway.Output;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Writes the log to standard error, without ever making anybody wait for its reader.</summary>
internal sealed class GatewayLoggerProvider(ILogFormatter formatter, LogThrottle throttle, QueuedWriter output) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Write<TState>(in LogEntry<TState> entry)
    {
        // Diagnostics are results here, and printed as such; the log would only repeat them.
        if (entry.EventId.Name is "DiagnosedError" or "DiagnosedWarning")
        {
            return;
        }

        // What is asked for with --verbose comes whole; of what warns, a stranger may be the cause.
        long suppressed = 0;
        if (entry.LogLevel >= LogLevel.Warning && !throttle.TryPass(entry.Category, entry.EventId, CauseOf(entry.State), out suppressed))
        {
            return;
        }

        output.Post(formatter.Format(entry, suppressed));
    }

    // A flood about one Service must not hide what happens to another, nor 504 what 502 is about. What else an entry says may come from strangers.
    private static string CauseOf<TState>(TState state)
    {
        var cause = "";
        if (state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            foreach (var (name, value) in values)
            {
                if (name is "Service" or "Route" or "Status")
                {
                    cause += $"{value} ";
                }
            }
        }

        return cause;
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
