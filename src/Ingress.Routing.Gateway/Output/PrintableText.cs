using System.Globalization;
using System.Text;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Makes text from manifests fit for one line of a terminal.</summary>
internal static class PrintableText
{
    /// <summary>Writes control characters as <c>\u001B</c>, so that a path cannot forge a line or move the cursor.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u007F', '\u009F') && !text.AsSpan().ContainsAnyInRange('\0', '\u001F'))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (char.IsControl(character))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Writes a number with its noun: <c>1 route</c>, <c>2 routes</c>.</summary>
    public static string Count(int number, string singular, string? plural = null)
        => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? singular : plural ?? singular + "s")}");
}
