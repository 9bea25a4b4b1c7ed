using System.Text.RegularExpressions;
using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Docs.Tests.Snippets;

namespace Ingress.Routing.Docs.Tests;

/// <summary>What holds for every page: its code compiles, and its links lead somewhere.</summary>
public sealed partial class PagesTests
{
    private static readonly string[] s_rootPages = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"];

    public static TheoryData<string> Pages() => [.. s_rootPages.Concat(Repository.Find("*.md", "docs", "src", "benchmarks"))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_IsASnippetThatCompiles(string page)
        => Assert.All(
            MarkdownDocument.Load(page).Blocks.Where(block => block.Language == "csharp"),
            block => Assert.Contains(block.Text, SnippetFiles.Snippets));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadToFiles(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathTo(page))!;
        var targets = RelativeLinks().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value);

        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target)), $"{page} links to '{target}'."));
    }

    [Fact]
    public void Decisions_AreAllListed()
    {
        var index = Repository.Read("docs/README.md");

        Assert.All(Repository.Find("*.md", "docs/decisions"), page => Assert.Contains(page["docs/".Length..], index, StringComparison.Ordinal));
    }

    // Links within a page and to other sites are left alone.
    [GeneratedRegex(@"\]\((?!https?://|#)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex RelativeLinks();
}
