using System.Globalization;

namespace Ingress.Routing.DataPlane;

/// <summary>Prints figures beside their goals, and remembers whether any was missed.</summary>
internal static class Report
{
    /// <summary>How many goals were missed so far.</summary>
    public static int Misses { get; private set; }

    public static void Title(string text) => Console.WriteLine($"\n{text}");

    public static void Line(FormattableString text) => Console.WriteLine("  " + text.ToString(CultureInfo.InvariantCulture));

    public static void AtMost(string what, double figure, double limit, string unit) => Verdict(what, figure, "at most", limit, unit, figure <= limit);

    public static void AtLeast(string what, double figure, double limit, string unit) => Verdict(what, figure, "at least", limit, unit, figure >= limit);

    private static void Verdict(string what, double figure, string kind, double limit, string unit, bool isReached)
    {
        Misses += isReached ? 0 : 1;
        Line($"{what,-66} {figure,9:0.###} {unit,-4} {kind,8} {limit,7:0.###}  {(isReached ? "pass" : "MISS")}");
    }
}
