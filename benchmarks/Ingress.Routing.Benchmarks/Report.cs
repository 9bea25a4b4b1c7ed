using System.Globalization;

namespace Ingress.Routing.Benchmarks;

/// <summary>Prints figures beside their targets.</summary>
internal static class Report
{
    public static void Title(string text) => Console.WriteLine($"\n{text}");

    public static void Line(FormattableString text) => Console.WriteLine("  " + text.ToString(CultureInfo.InvariantCulture));

    public static void AtMost(string what, double figure, double limit, string unit)
        => Verdict(what, figure, "at most", limit, unit, figure <= limit);

    public static void AtLeast(string what, double figure, double limit, string unit)
        => Verdict(what, figure, "at least", limit, unit, figure >= limit);

    private static void Verdict(string what, double figure, string kind, double limit, string unit, bool isReached)
        => Line($"{what,-62} {figure,10:0.##} {unit,-6} {kind,8} {limit,8:0.##}  {(isReached ? "pass" : "MISS")}");
}
