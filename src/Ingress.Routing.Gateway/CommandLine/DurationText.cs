using System.Globalization;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Reads lengths of time: whole seconds, or numbers with units as Kubernetes writes them (<c>500ms</c>, <c>15s</c>, <c>1m30s</c>).</summary>
internal static partial class DurationText
{
    private static readonly double s_most = TimeSpan.FromDays(365).TotalSeconds;

    [GeneratedRegex(@"^(?:(?<number>[0-9]{1,12}(?:\.[0-9]{1,12})?)(?<unit>ms|s|m|h|$(?<=^[0-9]+)))+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text. A sign is not taken, and a whole number alone counts seconds.</param>
    /// <param name="time">The time; zero when the text is none.</param>
    /// <returns>Whether it is one, of at most a year.</returns>
    public static bool TryParse(string text, out TimeSpan time)
    {
        time = TimeSpan.Zero;
        var match = Pattern.Match(text);
        if (!match.Success)
        {
            return false;
        }

        var numbers = match.Groups["number"].Captures;
        var units = match.Groups["unit"].Captures;
        var seconds = numbers.Zip(units, static (number, unit) => double.Parse(number.ValueSpan, CultureInfo.InvariantCulture) * SecondsIn(unit.Value)).Sum();
        if (seconds > s_most)
        {
            return false;
        }

        time = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static double SecondsIn(string unit) => unit switch
    {
        "ms" => 0.001,
        "m" => 60,
        "h" => 3600,
        _ => 1,
    };
}
