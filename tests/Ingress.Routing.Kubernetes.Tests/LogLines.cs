using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> All => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _lines.Enqueue($"{logLevel} {eventId.Name}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
