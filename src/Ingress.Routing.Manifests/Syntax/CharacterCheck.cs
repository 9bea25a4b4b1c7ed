using System.Buffers;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Finds the characters that YAML does not allow; the parser would take some of them for the end of the text.</summary>
internal static class CharacterCheck
{
    /// <summary>
    /// Stands for bytes that are no UTF-8: half a surrogate pair, which valid UTF-8 cannot produce. So the one document with the bad
    /// bytes is refused, and not the file.
    /// </summary>
    public const char InvalidBytes = '\uD800';

    private static readonly SearchValues<char> s_control = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Append(0x7F).Concat(Enumerable.Range(0x80, 0x20)).Append(0xFFFE).Append(0xFFFF)
            .Except(['\t', '\n', '\r', 0x85]).Select(static code => (char)code)]);

    /// <exception cref="ManifestSyntaxException">The text has bytes that are no UTF-8.</exception>
    public static void RefuseInvalidBytes(DocumentText document)
    {
        var text = document.Text.AsSpan();
        for (var i = 0; i < text.Length; i++)
        {
            var next = text[i..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (next < 0)
            {
                return;
            }

            i += next;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                throw ManifestSyntaxException.Malformed("The text is not valid UTF-8.", document.PositionAt(i));
            }

            i++;
        }
    }

    /// <exception cref="ManifestSyntaxException">The text has a control character.</exception>
    public static void RefuseControlCharacters(DocumentText document)
    {
        var index = document.Text.AsSpan().IndexOfAny(s_control);
        if (index >= 0)
        {
            // UTF-16 without a byte order mark has one in each Latin letter, and UTF-32 more, with or without.
            var advice = document.Text[index] == '\0' ? " Save the file as UTF-8." : "";
            throw ManifestSyntaxException.Malformed(
                $"The control character U+{(int)document.Text[index]:X4} is not allowed in YAML.{advice}", document.PositionAt(index));
        }
    }
}
