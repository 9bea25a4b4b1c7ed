using System.Text.RegularExpressions;

namespace Ingress.Routing.Docs.Tests;

/// <summary>What the product says to its users cites nothing: comments and pages do, which have the cited page at hand.</summary>
public sealed partial class MessageTests
{
    public static TheoryData<string> Files() => [.. Repository.Find("*.cs", "src")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Texts_CiteNoRule(string file)
    {
        var code = string.Join('\n', Repository.Read(file).Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

        Assert.Empty(Texts().Matches(code).SelectMany(text => Citations().Matches(text.Value)).Select(citation => citation.Value));
    }

    [Theory]
    [InlineData("\"goes first (D6). This path\"", "D6")]
    [InlineData("$\"by age (D6a) and '{name}'\"", "D6a")]
    [InlineData("\"literal text (semantics 4.11): it\"", "semantics 4.11")]
    [InlineData("\"as in trap 10\"", "trap 10")]
    public void Texts_ThatCite_AreFound(string code, string citation)
        => Assert.Equal(citation, Assert.Single(Texts().Matches(code).SelectMany(text => Citations().Matches(text.Value))).Value);

    // A text in braces within a text, as interpolation has it, is seen in parts, and each part is looked at.
    [GeneratedRegex("\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex Texts();

    [GeneratedRegex(@"\bD[0-9]{1,2}[a-c]?\b|\b(?:semantics|section|traps?|decision) [0-9]+(?:\.[0-9]+)*")]
    private static partial Regex Citations();
}
