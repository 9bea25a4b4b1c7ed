using System.CommandLine;
using System.CommandLine.Invocation;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The commands, and how they are invoked.</summary>
internal static class GatewayCommandLine
{
    // Without this a path that starts with '@' would be read as a file of further arguments.
    private static readonly ParserConfiguration s_parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="input">Standard input: what the path <c>-</c> stands for.</param>
    /// <param name="output">Takes the results.</param>
    /// <param name="error">Takes everything else.</param>
    /// <param name="cancellationToken">Ends <c>run</c> as a signal would.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> args, TextReader input, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        var parsed = CreateRoot(input).Parse(args, s_parsing);
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // signals are for SignalLifetime: a drain takes longer than the two seconds allowed here
        };

        if (parsed.Action is not ParseErrorAction)
        {
            try
            {
                return await parsed.InvokeAsync(invocation, cancellationToken);
            }
            catch (SettingsException exception)
            {
                await error.WriteLineAsync(exception.Message);
                return ExitCode.Usage;
            }
        }

        // Not by the action itself: it writes the whole help under a spelling mistake, to standard output, and exits with 1.
        foreach (var mistake in parsed.Errors)
        {
            await error.WriteLineAsync(PrintableText.Escape(ParseMessage.Of(mistake.Message, args)));
        }

        await error.WriteLineAsync($"Run '{Invocation(parsed.CommandResult.Command)} --help' for what is understood.");
        return ExitCode.Usage;
    }

    private static RootCommand CreateRoot(TextReader input) => new(
        "Serves Kubernetes Ingress manifests without a cluster, checks them, and tells which rule takes a URL.\n\n"
        + "Results go to standard output, everything else to standard error. Exit codes: 0 fine, 1 'check' or 'migrate' found an error, 'diff' a change, "
        + "'test' a failure, or 'run' cannot listen, 2 wrong usage or nothing readable.")
    {
        RunCommand.Create(input),
        CheckCommand.Create(input),
        MatchCommand.Create(input),
        ExplainCommand.Create(input),
        RoutesCommand.Create(input),
        DiffCommand.Create(input),
        TestCommand.Create(input),
        ConvertCommand.Create(input),
        MigrateCommand.Create(input),
        AnnotationsCommand.Create(),
        CertificatesCommand.Create(input),
    };

    private static string Invocation(Command command) => command is RootCommand ? "ingress-gateway" : $"ingress-gateway {command.Name}";
}
