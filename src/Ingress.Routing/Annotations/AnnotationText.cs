using System.Globalization;

namespace Ingress.Routing.Annotations;

/// <summary>The few forms of text that many annotations have in common.</summary>
internal static class AnnotationText
{
    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool TryReadBoolean(string text, out bool value)
    {
        value = text == "true";
        return value || text == "false";
    }

    /// <summary>A whole number in decimal digits.</summary>
    public static bool TryReadNumber(string text, int from, int to, out int value)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= from && value <= to;

    /// <summary>A number of seconds, from a thousandth to a day, with at most three decimals.</summary>
    public static bool TryReadSeconds(string text, out TimeSpan value)
    {
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0.001m and <= 86400 && decimal.Round(seconds, 3) == seconds;
        value = isNumber ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : default;
        return isNumber;
    }

    /// <summary>Texts with commas between them, blanks around each left out; none may be empty.</summary>
    public static bool TryReadList(string text, out string[] items)
    {
        items = text.Split(',', StringSplitOptions.TrimEntries);
        return items.All(static item => item.Length > 0);
    }
}
