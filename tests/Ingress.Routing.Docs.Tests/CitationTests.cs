using System.Globalization;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Docs.Tests;

/// <summary>What comments cite exists: D8, semantics 8.3 and trap 13 in docs/semantics.md, K8 in docs/kubernetes-decisions.md.</summary>
public sealed partial class CitationTests
{
    private const int Traps = 30;

    private static readonly string s_page = Repository.Read("docs/semantics.md");
    private static readonly HashSet<string> s_numbers = [.. Numbers().Matches(s_page).Select(match => match.Groups[1].Value)];
    private static readonly HashSet<string> s_decisions = [.. BoldDecisions().Matches(s_page).Select(match => match.Groups[1].Value)];

    private static readonly HashSet<string> s_clusterDecisions =
        [.. BoldClusterDecisions().Matches(Repository.Read("docs/kubernetes-decisions.md")).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Files() => [.. Repository.Find("*.cs", "src", "tests", "benchmarks")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Citations_Resolve(string file)
    {
        var comments = string.Join('\n', Comments().Matches(Repository.Read(file)).Select(match => match.Value));

        Assert.All(Cited(SectionCitations(), comments), number => Assert.Contains(number, s_numbers));
        Assert.All(DecisionCitations().Matches(comments).Select(match => match.Value), AssertDecided);
        Assert.All(ClusterDecisionCitations().Matches(comments).Select(match => match.Value), decision => Assert.Contains(decision, s_clusterDecisions));
        Assert.All(
            Cited(TrapCitations(), comments),
            number => Assert.InRange(int.Parse(number, CultureInfo.InvariantCulture), 1, Traps));
    }

    [Fact]
    public void Traps_AreNumberedWithoutGaps()
    {
        var traps = s_page[s_page.IndexOf("## 19", StringComparison.Ordinal)..];

        Assert.Equal(
            Enumerable.Range(1, Traps).Select(number => number.ToString(CultureInfo.InvariantCulture)),
            TrapItems().Matches(traps).Select(match => match.Groups[1].Value));
    }

    // D11 may be cited as a whole, although it is stated in parts.
    private static void AssertDecided(string decision)
        => Assert.Contains(s_decisions, stated => stated == decision || (char.IsAsciiLetter(stated[^1]) && stated[..^1] == decision));

    // "2.5.9 to 2.5.11, 2.7.2" cites three.
    private static IEnumerable<string> Cited(Regex citation, string comments)
        => citation.Matches(comments).SelectMany(match => NumberText().Matches(match.Value)).Select(match => match.Value);

    [GeneratedRegex("//.*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"\b(?:semantics|section) \d+(?:\.\d+)*(?:(?:, | and | to | or )\d+(?:\.\d+)+)*")]
    private static partial Regex SectionCitations();

    [GeneratedRegex(@"\bD[0-9]{1,2}[a-c]?\b")]
    private static partial Regex DecisionCitations();

    [GeneratedRegex(@"\bK[0-9]{1,2}\b")]
    private static partial Regex ClusterDecisionCitations();

    [GeneratedRegex(@"\*\*(K[0-9]{1,2})\*\*")]
    private static partial Regex BoldClusterDecisions();

    [GeneratedRegex(@"\btraps? \d+(?:(?:, | and | to )\d+)*")]
    private static partial Regex TrapCitations();

    [GeneratedRegex(@"\d+(?:\.\d+)*")]
    private static partial Regex NumberText();

    // Headings, paragraphs and rows that begin with a number.
    [GeneratedRegex(@"^(?:#+ |\| |- )?(\d+(?:\.\d+)*)\.?\b", RegexOptions.Multiline)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\*\*(D[0-9]{1,2}[a-c]?)\.\*\*")]
    private static partial Regex BoldDecisions();

    [GeneratedRegex(@"^(\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex TrapItems();
}
