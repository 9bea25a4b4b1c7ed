using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore.Tests;

/// <summary>Keeps what an application logs.</summary>
internal sealed class TestLog
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, string Message)> _entries = new();

    public void AddTo(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Trace);
        logging.AddProvider(new Provider(this));
    }

    public IEnumerable<string> EntriesAboveDebug(string category) => _entries
        .Where(entry => entry.Level > LogLevel.Debug && entry.Category.StartsWith(category, StringComparison.Ordinal))
        .Select(entry => entry.Message);

    private sealed class Provider(TestLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new CategoryLogger(log, categoryName);

        public void Dispose()
        {
        }
    }

    private sealed class CategoryLogger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => log._entries.Enqueue((category, logLevel, $"{formatter(state, exception)} {exception}"));
    }
}
