namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Writes warnings of a library to standard error, each once, for a command that answers once.</summary>
internal sealed class ErrorLogger<T>(TextWriter error) : ILogger<T>
{
    private readonly HashSet<string> _written = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var message = formatter(state, exception);
        lock (_written)
        {
            if (_written.Add(message))
            {
                error.WriteLine(PrintableText.Escape(message));
            }
        }
    }
}
