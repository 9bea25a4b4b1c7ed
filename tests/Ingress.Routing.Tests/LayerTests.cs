using System.Text.RegularExpressions;

namespace Ingress.Routing.Tests;

/// <summary>Inside a project the folders are layers: what one uses does not use it back.</summary>
public sealed partial class LayerTests
{
    [Theory]
    [InlineData("Ingress.Routing")]
    [InlineData("Ingress.Routing.Analysis")]
    [InlineData("Ingress.Routing.Kubernetes")]
    public void Folders_PointOneWay(string project)
    {
        var uses = UsesOf(Path.Combine(ConventionTests.RepositoryRoot, "src", project));

        Assert.NotEmpty(uses);
        Assert.Equal([], uses.Where(use => string.CompareOrdinal(use.From, use.To) < 0 && uses.Contains((use.To, use.From))));
    }

    private static HashSet<(string From, string To)> UsesOf(string project)
    {
        var folders = Directory.GetDirectories(project).Select(folder => Path.GetFileName(folder)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from folder in folders
               from file in Directory.GetFiles(Path.Combine(project, folder), "*.cs", SearchOption.AllDirectories)
               from Match use in Usings().Matches(File.ReadAllText(file))
               let to = use.Groups[1].Value
               where folders.Contains(to) && to != folder
               select (folder, to),
        ];
    }

    [GeneratedRegex(@"^using (?:static )?Ingress\.Routing\.(?:Kubernetes\.)?(\w+)", RegexOptions.Multiline)]
    private static partial Regex Usings();
}
