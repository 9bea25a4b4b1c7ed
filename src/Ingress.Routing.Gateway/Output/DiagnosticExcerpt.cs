using System.Globalization;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Gateway.Output;

/// <summary>As many diagnostics as a reader reads, the most severe ones, and how many there are besides.</summary>
/// <param name="Shown">Those to show, in the order given.</param>
/// <param name="LeftOut">How many were left out, for people; null for none.</param>
internal sealed record DiagnosticExcerpt(IReadOnlyList<IngressDiagnostic> Shown, string? LeftOut)
{
    /// <summary>The most that a command whose result they are shows.</summary>
    public const int AsResult = 1000;

    /// <summary>The most that a command whose result is something else shows.</summary>
    public const int BesideAnswer = 100;

    public static DiagnosticExcerpt Of(IReadOnlyList<IngressDiagnostic> diagnostics, int most)
    {
        if (diagnostics.Count <= most)
        {
            return new(diagnostics, null);
        }

        // Errors first, each kind from the top of the list; then back in the order of the list.
        int[] chosen =
        [
            .. Enumerable.Range(0, diagnostics.Count).OrderByDescending(i => diagnostics[i].Severity).Take(most).Order(),
        ];
        return new([.. chosen.Select(i => diagnostics[i])], DescribeRest(diagnostics, chosen));
    }

    private static string DescribeRest(IReadOnlyList<IngressDiagnostic> diagnostics, int[] chosen)
    {
        var shown = chosen.CountBy(i => diagnostics[i].Severity).ToDictionary();
        var parts = diagnostics.CountBy(static diagnostic => diagnostic.Severity)
            .OrderByDescending(static pair => pair.Key)
            .Select(pair => (pair.Key, Count: pair.Value - shown.GetValueOrDefault(pair.Key)))
            .Where(static pair => pair.Count > 0)
            .Select(static pair => PrintableText.Count(pair.Count, DiagnosticPrinter.NameOf(pair.Key)));
        return string.Create(CultureInfo.InvariantCulture, $"{diagnostics.Count - chosen.Length} more: {string.Join(", ", parts)}");
    }
}
