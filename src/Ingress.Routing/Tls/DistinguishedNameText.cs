using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ingress.Routing.Tls;

/// <summary>Writes a distinguished name as RFC 4514 has it, in printable ASCII: the owner of a certificate may have put anything into it.</summary>
/// <remarks>Not as the platform writes names, which leaves line feeds and backslashes alone.</remarks>
internal static class DistinguishedNameText
{
    /// <returns>The name; its bytes in hexadecimal digits after a <c>#</c> when it is malformed.</returns>
    public static string Of(X500DistinguishedName name)
    {
        try
        {
            var parts = new List<string>();
            var names = new AsnReader(name.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                parts.Add(ReadRelative(names.ReadSetOf(skipSortOrderValidation: true)));
            }

            // The last one goes first (2.1).
            parts.Reverse();
            return string.Join(',', parts);
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            return $"#{Convert.ToHexString(name.RawData)}";
        }
    }

    private static string ReadRelative(AsnReader values)
    {
        var parts = new List<string>();
        while (values.HasData)
        {
            var value = values.ReadSequence();
            var type = value.ReadObjectIdentifier();
            parts.Add(KeywordOf(type) is { } keyword && TryReadText(value) is { } text
                ? $"{keyword}={Escape(text)}"
                : $"{type}=#{Convert.ToHexString(value.ReadEncodedValue().Span)}");
        }

        return string.Join('+', parts);
    }

    private static string? TryReadText(AsnReader value)
    {
        var tag = value.PeekTag();
        if (tag.TagClass != TagClass.Universal
            || (UniversalTagNumber)tag.TagValue is not (UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
                or UniversalTagNumber.IA5String or UniversalTagNumber.T61String or UniversalTagNumber.BMPString))
        {
            return null;
        }

        return value.ReadCharacterString((UniversalTagNumber)tag.TagValue);
    }

    // The keywords of section 3, those that everybody has to know.
    private static string? KeywordOf(string type) => type switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.6" => "C",
        "2.5.4.9" => "STREET",
        "0.9.2342.19200300.100.1.25" => "DC",
        "0.9.2342.19200300.100.1.1" => "UID",
        _ => null,
    };

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c is >= ' ' and <= '~')
            {
                var isSpecial = c is ',' or '+' or '"' or '\\' or '<' or '>' or ';' or '='
                    || (c == '#' && i == 0)
                    || (c == ' ' && (i == 0 || i == text.Length - 1));
                escaped.Append(isSpecial ? "\\" : "").Append(c);
                i++;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\{value:X2}");
            }

            i += length;
        }

        return escaped.ToString();
    }
}
