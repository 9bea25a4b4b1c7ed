using System.Globalization;
using System.Text;

namespace Ingress.Routing.Diagnostics;

/// <summary>Text that is safe to print on one line, whatever an author wrote into a manifest.</summary>
/// <remarks>The gateway compiles this file as well, so that a diagnostic and a terminal mean the same by it.</remarks>
internal static class PrintableText
{
    /// <summary>Escapes control characters and the like: a path may hold line feeds (semantics 2.4.4), and could forge a diagnostic with them.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var builder = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (IsUnsafe(c))
            {
                builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                builder.Append(c);
            }
        }

        return builder.ToString();
    }

    private static bool IsUnsafe(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
