using System.Globalization;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Reads numbers as the API server's YAML library does.</summary>
internal static class YamlNumber
{
    /// <summary>Tells whether text is a whole number, another number, or no number.</summary>
    /// <param name="text">The text without underscores.</param>
    /// <param name="integer">The whole number.</param>
    /// <returns><see cref="ScalarType.Integer"/>, <see cref="ScalarType.Number"/> or <see cref="ScalarType.String"/>.</returns>
    public static ScalarType Classify(ReadOnlySpan<char> text, out long integer)
    {
        var digits = text.TrimStart("+-");
        var signLength = text.Length - digits.Length;
        if (signLength > 1)
        {
            integer = 0;
            return ScalarType.String;
        }

        var type = ClassifyPrefixed(digits, out var magnitude) is { } prefixed ? prefixed : ClassifyDecimal(text, out magnitude);
        integer = signLength == 1 && text[0] == '-' && magnitude > 0 ? -magnitude : magnitude;
        return type;
    }

    // 0x, 0o, 0b and a leading 0 choose the base; null when the text has none of these, or digits that do not fit it.
    private static ScalarType? ClassifyPrefixed(ReadOnlySpan<char> digits, out long magnitude)
    {
        magnitude = 0;
        if (digits.Length < 2 || digits[0] != '0')
        {
            return null;
        }

        var (radix, skip) = digits[1] switch
        {
            'x' or 'X' => (16, 2),
            'o' or 'O' => (8, 2),
            'b' or 'B' => (2, 2),
            _ => (8, 1),
        };
        digits = digits[skip..];
        if (digits.IsEmpty)
        {
            return null;
        }

        var tooLarge = false;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10) : int.MaxValue;
            if (digit >= radix)
            {
                return null;
            }

            tooLarge |= magnitude > (long.MaxValue - digit) / radix;
            magnitude = tooLarge ? 0 : (magnitude * radix) + digit;
        }

        return tooLarge ? ScalarType.Number : ScalarType.Integer;
    }

    // With 08 among them: no octal number, and so the decimal 8.
    private static ScalarType ClassifyDecimal(ReadOnlySpan<char> text, out long magnitude)
    {
        magnitude = 0;
        if (!IsDecimal(text))
        {
            return ScalarType.String;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return ScalarType.Number;
        }

        var digits = text.TrimStart("+-");
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude))
        {
            return ScalarType.Integer;
        }

        // A number without a fraction is written into JSON without one: 80.0 and 8e1 become 80.
        var absolute = Math.Abs(value);
        if (absolute != Math.Floor(absolute) || absolute >= 1e15)
        {
            return ScalarType.Number;
        }

        magnitude = (long)absolute;
        return ScalarType.Integer;
    }

    // [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var rest = text is ['+' or '-', ..] ? text[1..] : text;
        var whole = SkipDigits(ref rest);
        var fraction = 0;
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            fraction = SkipDigits(ref rest);
        }

        if (whole + fraction == 0)
        {
            return false;
        }

        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] is not ('e' or 'E'))
        {
            return false;
        }

        rest = rest is [_, '+' or '-', ..] ? rest[2..] : rest[1..];
        return SkipDigits(ref rest) > 0 && rest.IsEmpty;
    }

    private static int SkipDigits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var count = end < 0 ? text.Length : end;
        text = text[count..];
        return count;
    }
}
