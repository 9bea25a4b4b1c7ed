using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Words entries of the gateway's own log.</summary>
internal interface ILogFormatter
{
    /// <summary>Makes the text of an entry, without a line feed at its end.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="suppressed">How many of its kind were left out since the last one.</param>
    string Format<TState>(in LogEntry<TState> entry, long suppressed);
}
