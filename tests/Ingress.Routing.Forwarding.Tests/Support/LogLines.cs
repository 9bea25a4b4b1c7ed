using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>Keeps what is logged, as one text for each entry with its exception.</summary>
internal sealed class LogLines(LogLevel minimum = LogLevel.Warning) : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyList<string> Entries => [.. _entries];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName, minimum);

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines lines, string category, LogLevel minimum) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Data protection tells where its keys are.
            if (IsEnabled(logLevel) && !category.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal))
            {
                lines._entries.Enqueue($"{logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : "\n" + exception)}");
            }
        }
    }
}
