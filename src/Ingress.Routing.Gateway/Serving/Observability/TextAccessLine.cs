using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Writes a request in the combined form of web servers; behind it, as <c>name=value</c>, what that form has no place for.</summary>
internal static class TextAccessLine
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static code => (char)code).Where(static character => character is not ('"' or '\\'))]);

    public static void Write(ArrayBufferWriter<byte> line, in AccessEntry entry)
    {
        Span<char> buffer = stackalloc char[72];
        var record = entry.Record;
        Add(line, entry.FormatClient(buffer));
        Add(line, " - - [");
        Add(line, AccessEntry.Format(entry.Time, buffer, "dd/MMM/yyyy:HH:mm:ss '+0000'"));
        Add(line, "] \"");
        AddEscaped(line, entry.Method);
        Add(line, " ");
        AddEscaped(line, entry.Path);
        AddEscaped(line, entry.Query);
        Add(line, " ");
        AddEscaped(line, entry.Context.Request.Protocol);
        Add(line, "\" ");
        Add(line, record.Status);
        Add(line, " ");
        Add(line, record.ResponseBytes);
        AddQuoted(line, " ", entry.Referer);
        AddQuoted(line, " ", entry.UserAgent);
        AddQuoted(line, " host=", entry.Host);
        AddField(line, " id=", entry.Context.TraceIdentifier);
        AddField(line, " in=", record.RequestBytes);
        AddSeconds(line, " seconds=", record.Duration);
        AddSeconds(line, " upstream=", record.Upstream);
        AddSeconds(line, " head=", record.UpstreamHead);
        AddSeconds(line, " queue=", record.Queue > TimeSpan.Zero ? record.Queue : null);
        AddField(line, " route=", entry.Route);
        AddField(line, " service=", entry.ServiceReference?.ToString());
        AddField(line, " endpoint=", record.Endpoint);
        AddField(line, " retries=", record.Retries);
        AddField(line, " generation=", record.Generation!.Number);
        AddField(line, " reason=", record.Reason);
        if (!entry.ClientRequestId.IsEmpty)
        {
            AddQuoted(line, " client_id=", entry.ClientRequestId);
        }
    }

    private static void AddField(ArrayBufferWriter<byte> line, string name, string? value)
    {
        if (value is not null)
        {
            Add(line, name);
            AddEscaped(line, value);
        }
    }

    private static void AddField(ArrayBufferWriter<byte> line, string name, long value)
    {
        Add(line, name);
        Add(line, value);
    }

    private static void AddSeconds(ArrayBufferWriter<byte> line, string name, TimeSpan? time)
    {
        if (time is { } value)
        {
            Add(line, name);
            Span<char> text = stackalloc char[32];
            value.TotalSeconds.TryFormat(text, out var written, "0.000000", CultureInfo.InvariantCulture);
            Add(line, text[..written]);
        }
    }

    private static void AddQuoted(ArrayBufferWriter<byte> line, string before, ReadOnlySpan<char> text)
    {
        Add(line, before);
        Add(line, "\"");
        AddEscaped(line, text.IsEmpty ? "-" : text);
        Add(line, "\"");
    }

    // Values of headers are bytes here (Latin-1), so what is no ASCII is written as nginx writes it.
    private static void AddEscaped(ArrayBufferWriter<byte> line, ReadOnlySpan<char> text)
    {
        Span<char> escaped = stackalloc char[8];
        while (text.IndexOfAnyExcept(s_plain) is >= 0 and var index)
        {
            Add(line, text[..index]);
            int written;
            _ = text[index] <= 0xFF
                ? escaped.TryWrite(CultureInfo.InvariantCulture, $"\\x{(int)text[index]:X2}", out written)
                : escaped.TryWrite(CultureInfo.InvariantCulture, $"\\u{(int)text[index]:X4}", out written);
            Add(line, escaped[..written]);
            text = text[(index + 1)..];
        }

        Add(line, text);
    }

    private static void Add(ArrayBufferWriter<byte> line, long number)
    {
        Span<char> text = stackalloc char[20];
        number.TryFormat(text, out var written, provider: CultureInfo.InvariantCulture);
        Add(line, text[..written]);
    }

    private static void Add(ArrayBufferWriter<byte> line, ReadOnlySpan<char> ascii)
        => line.Advance(Encoding.ASCII.GetBytes(ascii, line.GetSpan(ascii.Length)));
}
