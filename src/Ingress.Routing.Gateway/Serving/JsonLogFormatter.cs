using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ingress.Routing.Gateway.Serving.Observability;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Writes a log entry as one JSON object.</summary>
/// <param name="time">The clock.</param>
/// <param name="withStacks">Whether an exception is written with its stack, and not only with what it says.</param>
internal sealed class JsonLogFormatter(TimeProvider time, bool withStacks) : ILogFormatter
{
    public string Format<TState>(in LogEntry<TState> entry, long suppressed)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, JsonAccessLine.Options);
        Begin(json, LogFormatter.NameOf(entry.LogLevel), entry.Category, entry.Formatter(entry.State, entry.Exception));
        if (entry.EventId.Name is { } name)
        {
            json.WriteString("event", name);
        }

        if (suppressed > 0)
        {
            json.WriteNumber("suppressed", suppressed);
        }

        if (entry.State is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 1 } fields)
        {
            WriteFields(json, fields);
        }

        if (entry.Exception is { } exception)
        {
            WriteException(json, exception);
        }

        return End(json, buffer);
    }

    /// <summary>Writes a line of text that is no entry of the log.</summary>
    public string Format(string category, string message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer, JsonAccessLine.Options);
        Begin(json, "info", category, message);
        return End(json, buffer);
    }

    private void Begin(Utf8JsonWriter json, string level, string category, string message)
    {
        json.WriteStartObject();
        json.WriteString("time", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("level", level);
        json.WriteString("category", category);
        json.WriteString("message", message);
    }

    private static string End(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        json.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            if (name != "{OriginalFormat}")
            {
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
            }
        }

        json.WriteEndObject();
    }

    private void WriteException(Utf8JsonWriter json, Exception exception)
    {
        json.WriteStartArray("exceptions");
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            json.WriteStringValue($"{inner.GetType().Name}: {inner.Message}");
        }

        json.WriteEndArray();
        if (withStacks)
        {
            json.WriteString("stack", exception.ToString());
        }
    }
}
