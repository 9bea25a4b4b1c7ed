using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ingress.Routing.Manifests;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>What the pages show of a terminal is what the commands print.</summary>
public sealed partial class TranscriptTests
{
    private const string Program = "ingress-gateway ";

    [Theory]
    [InlineData("docs/annotations.md", 1)]
    [InlineData("docs/diff.md", 2)]
    [InlineData("docs/testing-manifests.md", 2)]
    [InlineData("docs/canary.md", 1)]
    [InlineData("docs/migrating-from-ingress-nginx.md", 1)]
    public async Task Page_ShowsWhatTheCommandsPrint(string page, int blocks)
    {
        var text = (await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, page))).ReplaceLineEndings("\n");
        var transcripts = Blocks().Matches(text).Select(block => block.Groups[1].Value).ToList();

        Assert.Equal(blocks, transcripts.Count);
        Assert.StartsWith("# ", text, StringComparison.Ordinal);
        foreach (var transcript in transcripts)
        {
            var commands = transcript.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal));
            Assert.Equal(transcript, await ReplayAsync(commands.Select(line => line[2..])));
        }
    }

    // A key that there is not is an error, so the example cannot name one.
    [Fact]
    public async Task Page_ShowsAFileThatIsRead()
    {
        var text = (await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs/testing-manifests.md"))).ReplaceLineEndings("\n");

        var example = Assert.Single(Files().Matches(text)).Groups[1].Value;

        var file = IngressExpectations.Parse(example);
        Assert.Empty(file.Errors);
        Assert.Equal(2, file.Expectations.Count);
    }

    // The files are named from the root of the repository, where the reader is; the tests run elsewhere.
    private static async Task<string> ReplayAsync(IEnumerable<string> commands)
    {
        var root = RepositoryRoot.Path + Path.DirectorySeparatorChar;
        var terminal = new StringBuilder();
        var exitCode = 0;
        foreach (var command in commands)
        {
            terminal.Append(CultureInfo.InvariantCulture, $"$ {command}\n");
            if (command == "echo $?")
            {
                terminal.Append(CultureInfo.InvariantCulture, $"{exitCode}\n");
                continue;
            }

            Assert.StartsWith(Program, command, StringComparison.Ordinal);
            var args = command[Program.Length..].Split(' ').Select(arg => arg.StartsWith("docs/", StringComparison.Ordinal) ? root + arg : arg);
            var result = await Cli.RunAsync([.. args]);
            exitCode = result.ExitCode;
            terminal.Append((result.Output + result.Error).Replace(root, "", StringComparison.Ordinal).ReplaceLineEndings("\n"));
        }

        return terminal.ToString();
    }

    [GeneratedRegex("^```yaml\n(tests:.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Files();

    [GeneratedRegex("^```console\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
