using System.Buffers;
using System.Diagnostics;
using System.Numerics;

namespace Ingress.Routing.Matching;

/// <summary>The canonical host of a request: port and one trailing dot removed (D11).</summary>
/// <remarks>
/// A view of the text received, so nothing is copied. Its letter case is left alone and ignored by <see cref="HostTable{T}"/>, which
/// is safe because every character is ASCII.
/// </remarks>
internal readonly ref struct RequestHost
{
    // uri-host of RFC 3986 without the brackets of an IP literal. Underscores and the like are compared as text (D11b).
    private const string NameCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=%";

    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create(NameCharacters);

    private static readonly AsciiSet s_nameSet = new(NameCharacters);

    private static readonly SearchValues<char> s_ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    private RequestHost(ReadOnlySpan<char> text, bool isName)
    {
        Text = text;
        IsName = isName;
    }

    /// <summary>The canonical text, an IP literal with its brackets; empty when the request has no host (D13).</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>Whether it can equal the host of a rule; false without a host and for IP literals, which only the host-less bucket takes (semantics 3.5).</summary>
    public bool IsName { get; }

    /// <summary>Reads a <c>Host</c> header, an <c>:authority</c> or the authority of an absolute-form target.</summary>
    /// <returns>False when it is malformed; the answer is then 400.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out RequestHost host)
    {
        host = default;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] == '[')
        {
            return TryReadIPLiteral(text, out host);
        }

        // The port is ignored, whatever its value (semantics 3.6), but it has to be a number.
        var colon = text.IndexOf(':');
        if (colon >= 0)
        {
            if (!IsNumber(text[(colon + 1)..]))
            {
                return false;
            }

            text = text[..colon];
        }

        return TryReadName(text, out host);
    }

    /// <summary>Whether a text is a well-formed name as it stands: without port or final dot. An IPv4 address is one, too.</summary>
    /// <param name="text">The text, pinned, for which <see cref="TextBlock.CanReadAll"/> holds.</param>
    /// <param name="length">Its length, not zero.</param>
    /// <param name="firstDot">Where the first label ends.</param>
    public static unsafe bool IsCanonicalName(char* text, int length, out int firstDot)
    {
        Debug.Assert(length > 0, "The last character is read.");

        // With a dot before the first and after the last character every empty label is one dot after another.
        firstDot = length;
        var before = 1u;
        for (var start = 0; start < length; start += TextBlock.Size)
        {
            var block = TextBlock.Read(text + start, length - start);
            var mask = TextBlock.MaskBefore(Math.Min(length - start, TextBlock.Size));
            var dots = TextBlock.MaskOf(block, '.') & mask;
            if ((s_nameSet.OthersIn(block) & mask) != 0 || (dots & ((dots << 1) | before)) != 0)
            {
                return false;
            }

            before = dots >> (TextBlock.Size - 1);
            firstDot = firstDot == length && dots != 0 ? start + BitOperations.TrailingZeroCount(dots) : firstDot;
        }

        return text[length - 1] != '.';
    }

    /// <summary>Reads a name without a port, as a TLS client sends it.</summary>
    /// <returns>False when it is malformed or empty.</returns>
    public static bool TryReadName(ReadOnlySpan<char> text, out RequestHost host)
    {
        // One dot, here and for server names, or a request and its certificate are read differently (D11a, CVE-2022-23632).
        if (text is [.., '.'])
        {
            text = text[..^1];
        }

        if (text.IsEmpty || text.ContainsAnyExcept(s_nameCharacters) || HasEmptyLabel(text))
        {
            host = default;
            return false;
        }

        host = new RequestHost(text, isName: !IPv4Syntax.IsAddress(text));
        return true;
    }

    /// <summary>Whether both stand for the same host, ignoring ASCII case.</summary>
    public bool IsSameAs(RequestHost other) => Text.Equals(other.Text, StringComparison.OrdinalIgnoreCase);

    // ".h.test" must not reach "*.h.test" (D11b, trap 3).
    private static bool HasEmptyLabel(ReadOnlySpan<char> name)
        => name[0] == '.' || name[^1] == '.' || name.Contains("..", StringComparison.Ordinal);

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadIPLiteral(ReadOnlySpan<char> text, out RequestHost host)
    {
        host = default;
        var end = text.IndexOf(']');
        if (end < 2 || text[1..end].ContainsAnyExcept(s_ipv6Characters))
        {
            return false;
        }

        var rest = text[(end + 1)..];
        if (!rest.IsEmpty && (rest[0] != ':' || !IsNumber(rest[1..])))
        {
            return false;
        }

        host = new RequestHost(text[..(end + 1)], isName: false);
        return true;
    }
}
