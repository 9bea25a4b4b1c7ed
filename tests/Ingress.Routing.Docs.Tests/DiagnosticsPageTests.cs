using System.Reflection;
using System.Text.RegularExpressions;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests;

/// <summary>docs/diagnostics.md has one heading for each id, and nothing else.</summary>
public sealed partial class DiagnosticsPageTests
{
    private const string Page = "docs/diagnostics.md";

    private static readonly string[] s_parts = ["Severity: ", "Cause: ", "Effect: ", "Remedy: "];

    [Fact]
    public void Headings_AreTheIds()
    {
        var ids = typeof(IngressDiagnosticIds)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal);
        var headings = MarkdownDocument.Load(Page).Headings
            .Select(heading => IdHeading().Match(heading))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value);

        Assert.Equal(ids, headings);
    }

    [Fact]
    public void Sections_EachHasAllPartsAndAnExample()
    {
        var sections = Repository.Read(Page).Split("\n## ").Skip(1).Where(section => section.StartsWith("INGR", StringComparison.Ordinal));

        Assert.All(sections, section =>
        {
            Assert.All(s_parts, part => Assert.Contains($"\n{part}", section, StringComparison.Ordinal));
            Assert.Contains("\n```", section, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex("^## (INGR[0-9]{3}): .+$")]
    private static partial Regex IdHeading();
}
