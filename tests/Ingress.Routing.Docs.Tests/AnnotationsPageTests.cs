using System.Text.RegularExpressions;
using Ingress.Routing.Docs.Tests.Annotations;
using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Docs.Tests;

/// <summary>Sends every request of docs/annotations.md through a gateway to a backend. The table of all annotations is compared by the tests of the gateway.</summary>
public sealed partial class AnnotationsPageTests(AnnotationSite site) : IClassFixture<AnnotationSite>
{
    private static readonly MarkdownDocument s_page = MarkdownDocument.Load("docs/annotations.md");

    public static TheoryData<int, string> Rows()
    {
        var data = new TheoryData<int, string>();
        foreach (var row in s_page.Tables.Where(table => AnnotationRow.Recognizes(table.Header)).SelectMany(table => table.Rows))
        {
            data.Add(row.Line, row.Text);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Row_IsTrue(int line, string text)
    {
        var row = s_page.Tables.SelectMany(table => table.Rows).Single(row => row.Line == line);

        Assert.Equal(text, row.Text);
        await AnnotationRow.RunAsync(row, site, RouteTableOptions.Default.AnnotationPrefix, RouteTableOptions.Default);
    }

    [Fact]
    public void Annotations_EachIsInATable()
    {
        var used = s_page.Tables.Where(table => AnnotationRow.Recognizes(table.Header)).SelectMany(table => table.Rows)
            .SelectMany(row => row.Codes("annotations")).Select(code => code.Split(':')[0]).ToHashSet();
        var known = RouteTableOptions.Default.Dialects.Single().Annotations
            .Where(row => row.Scope == Ingress.Routing.Annotations.AnnotationScope.Route).Select(row => row.Name);

        // A family with a page of its own has its tables there.
        var elsewhere = string.Concat(Repository.Find("*.md", "docs").Where(page => page != s_page.File).Select(Repository.Read));
        Assert.DoesNotContain(known.Except(used), name => !elsewhere.Contains($"`{name}", StringComparison.Ordinal));
    }

    [Fact]
    public void Order_IsThatOfTheStages()
        => Assert.Equal(
            Enum.GetNames<PolicyStage>(),
            s_page.Text.Select(line => Stage().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value));

    [GeneratedRegex("^[0-9]+\\. `([A-Za-z]+)`: ")]
    private static partial Regex Stage();
}
