using System.Text.Json;

namespace Ingress.Routing.Gateway.Tests;

public sealed class AnnotationsCommandTests
{
    // The table of the page is this output. When an annotation changes, the failure shows what to put there.
    [Theory]
    [InlineData("ingress.routing", "docs/annotations.md")]
    [InlineData("nginx", "docs/nginx-annotations.md")]
    public async Task Markdown_IsTheTableOfThePage(string dialect, string file)
    {
        var result = await Cli.RunAsync("annotations", dialect, "--format", "markdown");

        var page = (await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, file))).ReplaceLineEndings("\n");
        var table = result.Output.ReplaceLineEndings("\n");
        Assert.True(page.Contains($"\n\n{table}\n", StringComparison.Ordinal), $"The table of {file} has to be:\n\n{table}");
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Text_SaysWhatEachTakes()
    {
        var result = await Cli.RunAsync("annotations");

        Assert.Contains("ingress.routing/rate-limit\n", result.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("    Must be a number of requests and a period, such as '10/s' or '600/m', or both with a comma between them. For the Ingress; when it is wrong, its paths answer 503.",
            result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_HoldsTheSame()
    {
        var rows = JsonDocument.Parse((await Cli.RunAsync("annotations", "--format", "json")).Output).RootElement.EnumerateArray().ToList();

        var row = Assert.Single(rows, row => row.GetProperty("annotation").GetString() == "ingress.routing/client-certificates");
        Assert.Equal(("host", "no client is let in"), (row.GetProperty("scope").GetString(), row.GetProperty("whenWrong").GetString()));
    }
}
