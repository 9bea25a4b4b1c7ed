using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>Puts a JSON text together in a span that is large enough. Usual text is copied as it is; the rest is escaped as <see cref="JsonAccessLine.Options"/> says.</summary>
/// <remarks>A line for each request: <c>Utf8JsonWriter</c> takes more than twice as long for it.</remarks>
internal ref struct JsonBytes(Span<byte> buffer)
{
    /// <summary>The most bytes that a character becomes.</summary>
    public const int MostForACharacter = 6;

    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static code => (char)code).Where(static character => character is not ('"' or '\\'))]);

    private readonly Span<byte> _buffer = buffer;

    /// <summary>How many bytes there are so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds JSON as it is.</summary>
    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        json.CopyTo(_buffer[Count..]);
        Count += json.Length;
    }

    /// <summary>Adds a text without its quotes.</summary>
    public void Text(scoped ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(s_plain))
        {
            Escaped(text);
        }
        else
        {
            Count += Encoding.ASCII.GetBytes(text, _buffer[Count..]);
        }
    }

    /// <summary>Adds a number.</summary>
    public void Number(long number)
    {
        number.TryFormat(_buffer[Count..], out var written, provider: CultureInfo.InvariantCulture);
        Count += written;
    }

    /// <summary>Adds seconds, in steps of a microsecond, which is as far as anybody looks.</summary>
    public void Seconds(TimeSpan time)
    {
        var (seconds, rest) = Math.DivRem(time.Ticks / TimeSpan.TicksPerMicrosecond, 1_000_000);
        Number(seconds);
        _buffer[Count++] = (byte)'.';
        Digits((int)rest, 6);
    }

    /// <summary>Adds a number with leading zeros.</summary>
    public void Digits(int number, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            _buffer[Count + i] = (byte)('0' + digit);
        }

        Count += count;
    }

    private void Escaped(scoped ReadOnlySpan<char> text)
    {
        var escaped = ArrayPool<char>.Shared.Rent((text.Length * MostForACharacter) + 16);
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text, escaped, out _, out var written);
        Count += Encoding.UTF8.GetBytes(escaped.AsSpan(0, written), _buffer[Count..]);
        ArrayPool<char>.Shared.Return(escaped);
    }
}
