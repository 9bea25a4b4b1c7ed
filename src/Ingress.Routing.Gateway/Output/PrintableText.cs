using System.Globalization;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Makes text from manifests fit for one line of a terminal.</summary>
internal static class PrintableText
{
    /// <summary>Writes control characters and the like as <c>\u001B</c>, so that a path cannot forge a line, move the cursor or hide a part of itself.</summary>
    public static string Escape(string text) => Diagnostics.PrintableText.Of(text);

    /// <summary>Writes a number with its noun: <c>1 route</c>, <c>2 routes</c>.</summary>
    public static string Count(int number, string singular, string? plural = null)
        => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? singular : plural ?? singular + "s")}");
}
