namespace Ingress.Routing.Matching;

/// <summary>The lenient IPv4 test of the API server, used for rule hosts and request hosts alike (semantics 2.3.2, 3.5).</summary>
internal static class IPv4Syntax
{
    /// <summary>Exactly four decimal numbers of at most 255, leading zeros allowed, joined by dots.</summary>
    // IPAddress.TryParse reads "1", "1.2.3" and "0x7f.1" as addresses and "1.2.3.08" as none (trap 15).
    public static bool IsAddress(ReadOnlySpan<char> text)
    {
        // Nearly every host name ends with a letter, and no address does.
        if (text.IsEmpty || !char.IsAsciiDigit(text[^1]))
        {
            return false;
        }

        var numbers = 0;
        var digits = 0;
        var value = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits++;
                value = Math.Min((value * 10) + (c - '0'), 256);
            }
            else if (c == '.' && digits > 0 && value <= 255 && numbers < 3)
            {
                numbers++;
                digits = 0;
                value = 0;
            }
            else
            {
                return false;
            }
        }

        return numbers == 3 && digits > 0 && value <= 255;
    }
}
