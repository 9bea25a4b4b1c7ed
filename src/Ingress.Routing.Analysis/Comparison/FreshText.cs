using System.Globalization;

namespace Ingress.Routing.Comparison;

/// <summary>Makes up texts that are not taken.</summary>
internal static class FreshText
{
    /// <summary>The first candidate that is not taken; of finitely many taken ones, some candidate is none.</summary>
    public static string First(Func<int, string> candidate, Func<string, bool> isTaken)
        => Enumerable.Range(0, int.MaxValue).Select(candidate).First(text => !isTaken(text));

    /// <summary>Returns <c>text</c> for 0, else <c>text-1</c>, <c>text-2</c> and so on.</summary>
    public static string Numbered(string text, int number)
        => number == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}-{number}");
}
