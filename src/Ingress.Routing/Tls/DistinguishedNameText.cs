using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ingress.Routing.Tls;

/// <summary>Writes a distinguished name so that it can stand in a header: whoever requested a certificate may have put anything into it.</summary>
internal static class DistinguishedNameText
{
    public static string Of(X500DistinguishedName name)
    {
        var text = name.Name;
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return text;
        }

        // The hexpair of RFC 4514, one for each byte of UTF-8.
        var escaped = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= ' ' and <= '~')
            {
                escaped.Append((char)rune.Value);
                continue;
            }

            foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\{value:X2}");
            }
        }

        return escaped.ToString();
    }
}
