using Ingress.Routing.Gateway.CommandLine;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>Runs a command that answers once, in this process.</summary>
internal static class Cli
{
    public static Task<CliResult> RunAsync(params string[] args) => RunWithInputAsync("", args);

    public static async Task<CliResult> RunWithInputAsync(string input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await GatewayCommandLine.InvokeAsync(args, new StringReader(input), output, error);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
