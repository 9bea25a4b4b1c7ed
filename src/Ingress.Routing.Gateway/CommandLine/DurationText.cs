using System.Globalization;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Reads lengths of time: whole seconds, or numbers with units as Kubernetes writes them (<c>500ms</c>, <c>15s</c>, <c>1m30s</c>).</summary>
internal static class DurationText
{
    private static readonly (string Name, double Seconds)[] s_units = [("ms", 0.001), ("h", 3600), ("m", 60), ("s", 1)];

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text. A sign is not taken, and a number alone counts seconds.</param>
    /// <param name="time">The time; zero when the text is none.</param>
    /// <returns>Whether it is one of at most a year.</returns>
    public static bool TryParse(string text, out TimeSpan time)
    {
        var seconds = 0d;
        var isTime = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole);
        if (isTime)
        {
            seconds = whole;
        }
        else
        {
            isTime = TryAddUp(text, out seconds);
        }

        isTime &= seconds <= TimeSpan.FromDays(365).TotalSeconds;
        time = isTime ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return isTime;
    }

    private static bool TryAddUp(ReadOnlySpan<char> text, out double seconds)
    {
        seconds = 0;
        var isTime = !text.IsEmpty;
        while (isTime && !text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept("0123456789.");
            isTime = digits > 0 && double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && TryTakeUnit(text[digits..], number, ref seconds, out text);
        }

        return isTime;
    }

    private static bool TryTakeUnit(ReadOnlySpan<char> text, double number, ref double seconds, out ReadOnlySpan<char> rest)
    {
        foreach (var (name, length) in s_units)
        {
            if (text.StartsWith(name, StringComparison.Ordinal))
            {
                seconds += number * length;
                rest = text[name.Length..];
                return true;
            }
        }

        rest = text;
        return false;
    }
}
