using Ingress.Routing.Explanation;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes the paths that did not get a request, each with its reason.</summary>
internal static class LostPathTable
{
    private const int MostPaths = 12;

    /// <param name="showAll">Whether all of them are written, however many there are.</param>
    public static void Write(IReadOnlyList<ClaimExplanation> claims, bool showAll, TerminalStyle style, TextWriter output)
    {
        // What came closest goes first: paths that fit, then those of Ingresses that take no part, then all others.
        var lost = claims.Where(static claim => claim.Outcome != ClaimOutcome.Wins).OrderBy(RankOf).ToList();
        var shown = showAll || lost.Count <= MostPaths + 1 ? lost : lost[..MostPaths];
        var table = new TextTable();
        foreach (var claim in shown)
        {
            table.Add(
                $"  {(claim.Path is null ? "no path" : claim.PathType.ToString())}",
                claim.PathAsWritten ?? claim.Host ?? "",
                claim.Ingress.Name.ToString(),
                claim.Location is { } place ? $"{place.File}:{place.Line}" : claim.Field,
                ReasonOf(claim));
        }

        table.Write(output);
        if (shown.Count < lost.Count)
        {
            output.WriteLine($"  {style.Faint($"and {PrintableText.Count(lost.Count - shown.Count, "more", "more")}; --all shows them")}");
        }
    }

    private static int RankOf(ClaimExplanation claim) => claim.Outcome switch
    {
        ClaimOutcome.Outranked or ClaimOutcome.ConditionsNotMet => 0,
        ClaimOutcome.HostNotOwned or ClaimOutcome.InvalidIngress or ClaimOutcome.NotOurClass or ClaimOutcome.Canary => claim.Mismatch is null ? 1 : 4,
        ClaimOutcome.NoPaths => 2,
        _ => 3,
    };

    private static string ReasonOf(ClaimExplanation claim) => claim.Outcome switch
    {
        // What such a diagnostic says after a colon is for mending it, and 'check' tells that.
        ClaimOutcome.InvalidIngress => $"Left out, {claim.Diagnostics[0].Id}: {claim.Diagnostics[0].Message.Split(": ")[0].TrimEnd('.')}.",
        ClaimOutcome.NotOurClass => $"Not served here, {claim.Diagnostics[0].Id}: {claim.Diagnostics[0].Message}",
        _ => claim.Message,
    };
}
