namespace Ingress.Routing;

/// <summary>Reads the parameters of a query where it lies: nothing is copied to look for one.</summary>
internal static class QueryText
{
    /// <summary>Finds the first parameter with a name.</summary>
    /// <param name="query">The query as received, with or without the leading <c>?</c>.</param>
    /// <param name="name">The name, decoded; printable ASCII.</param>
    /// <param name="value">The value as received; empty when there is no <c>=</c>.</param>
    public static bool TryFind(ReadOnlySpan<char> query, string name, out ReadOnlySpan<char> value)
    {
        for (var rest = query is ['?', ..] ? query[1..] : query; !rest.IsEmpty;)
        {
            var end = rest.IndexOf('&');
            var parameter = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            var equals = parameter.IndexOf('=');
            if (Equals(equals < 0 ? parameter : parameter[..equals], name))
            {
                value = equals < 0 ? default : parameter[(equals + 1)..];
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Whether a text, percent-decoded, is a printable ASCII text. A <c>+</c> is itself, not a blank.</summary>
    public static bool Equals(ReadOnlySpan<char> encoded, string text)
    {
        var next = 0;
        for (var i = 0; i < encoded.Length; i++, next++)
        {
            var c = encoded[i];
            if (c == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit(encoded[i + 1]) && char.IsAsciiHexDigit(encoded[i + 2]))
            {
                c = (char)((HexValue(encoded[i + 1]) << 4) | HexValue(encoded[i + 2]));
                i += 2;
            }

            if (next == text.Length || text[next] != c)
            {
                return false;
            }
        }

        return next == text.Length;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
