using System.Diagnostics;

namespace Ingress.Routing.Tests.Shared;

/// <summary>A program of somebody else, as a peer that shares no code with us.</summary>
internal static class ExternalTool
{
    /// <summary>What to tell whoever reads that a test was skipped; null when the program is there.</summary>
    public static string? ReasonToSkip(string tool)
        => PathOf(tool) is not null ? null : $"{tool} is not installed; this test lets it talk to what we serve. Install it, or run .ci/run, which does.";

    /// <summary>Runs a program to its end.</summary>
    /// <param name="tool">Its name on the PATH.</param>
    /// <param name="args">Its arguments; no shell reads them.</param>
    /// <returns>Its exit code, what it wrote, and what it complained about.</returns>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string tool, params string[] args) => TalkAsync(tool, "", args);

    /// <summary>Runs a program to its end, and tells it something.</summary>
    /// <param name="input">What it reads from standard input.</param>
    public static async Task<(int ExitCode, string Output, string Error)> TalkAsync(string tool, string input, params string[] args)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var start = new ProcessStartInfo(tool, args) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, output, await error);
    }

    /// <summary>Where a program is; null when it is not installed.</summary>
    public static string? PathOf(string tool)
    {
        var name = OperatingSystem.IsWindows() ? tool + ".exe" : tool;
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return folders.Append("/usr/sbin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists); // servers are not on everybody's PATH
    }
}
