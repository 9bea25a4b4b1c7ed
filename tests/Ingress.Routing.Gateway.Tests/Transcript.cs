using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>One command of a page with the output that the page shows, and the files of that page.</summary>
/// <param name="Page">The page, below the root of the repository.</param>
/// <param name="Command">The command line after the prompt.</param>
/// <param name="Output">What follows, up to the next prompt.</param>
public sealed partial record Transcript(string Page, string Command, string Output)
{
    /// <summary>Reads the <c>console</c> blocks of a page.</summary>
    public static IEnumerable<Transcript> Of(string page)
        => Blocks(page, "console").SelectMany(block => block.Split("\n$ "))
            .Select(text => text.StartsWith("$ ", StringComparison.Ordinal) ? text[2..] : text)
            .Select(text => text.Split('\n', 2))
            .Select(parts => new Transcript(page, parts[0], parts.ElementAtOrDefault(1)?.TrimEnd() ?? ""));

    /// <summary>Writes the files of the page, each a block whose first line is a comment with its name.</summary>
    public void WriteFiles(string folder)
    {
        foreach (var block in Blocks(Page, "yaml").Concat(Blocks(Page, "json")))
        {
            if (FileName().Match(block) is { Success: true } name)
            {
                File.WriteAllText(Path.Combine(folder, name.Groups[1].Value), block + "\n");
            }
        }
    }

    /// <summary>Runs the command in a process of its own, as a reader would.</summary>
    /// <returns>What it writes, results first.</returns>
    public async Task<string> RunAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ingress-gateway.dll"));
        foreach (Match word in Words().Matches(Command["ingress-gateway ".Length..]))
        {
            start.ArgumentList.Add(word.Value.Trim('\''));
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token) + await error;
        await process.WaitForExitAsync(deadline.Token);
        return output.ReplaceLineEndings("\n").TrimEnd();
    }

    public override string ToString() => $"{Page}: {Command}";

    private static IEnumerable<string> Blocks(string page, string language)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, page)).ReplaceLineEndings("\n");
        return Regex.Matches(text, $@"^```{language}\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value);
    }

    [GeneratedRegex(@"\A(?:#|//) ([a-z.-]+\.(?:yaml|json))\n")]
    private static partial Regex FileName();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Words();
}
