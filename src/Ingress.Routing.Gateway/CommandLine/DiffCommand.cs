using System.CommandLine;
using Ingress.Routing.Comparison;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>diff</c>: which requests two sets of manifests treat differently.</summary>
internal static class DiffCommand
{
    public static Command Create(TextReader input)
    {
        var old = Side("OLD", "The manifests as they were: a file, a folder, or - for standard input.");
        var @new = Side("NEW", "The manifests as they are to be. With --kubernetes the only argument: OLD is the cluster.");
        @new.Arity = ArgumentArity.ZeroOrOne;
        var format = FormatOption.Create(
            "'text' for people (the default), 'markdown' for a comment on a pull request, or 'json': {requests, certificates, destinations}, "
            + "with every region as data.",
            ("text", DiffFormat.Text),
            ("json", DiffFormat.Json),
            ("markdown", DiffFormat.Markdown));
        var tableOptions = new TableOptions();
        var source = new InputOptions();
        var command = new Command(
            "diff",
            "Tells exactly which requests go elsewhere with other manifests, with a URL that shows each change. Exits with 1 when there is any.")
        {
            old,
            @new,
            format,
        };
        tableOptions.AddTo(command);
        source.AddTo(command, old, @new);
        command.SetAction(parsed =>
        {
            var error = parsed.InvocationConfiguration.Error;
            string[] paths = [parsed.GetRequiredValue(old), .. source.IsCluster(parsed) ? Array.Empty<string>() : [parsed.GetRequiredValue(@new)]];
            if (paths.Length > 1 && paths.All(static path => path == ManifestInput.StandardInput))
            {
                error.WriteLine("Only one of OLD and NEW can be standard input.");
                return ExitCode.Usage;
            }

            using var progress = ProgressLine.Start("Comparing manifests", error);
            var sides = paths is [var only]
                ? source.ReadBoth(parsed, only, input, tableOptions.Read(parsed))
                : Array.ConvertAll(paths, path => ManifestInput.Read([path], input, tableOptions.Read(parsed)));
            var comparison = RouteTableComparison.Compare(sides[0].Table, sides[1].Table);
            progress.Dispose();

            // Both are reported, whatever the first one says.
            if (sides.Count(side => side.ReportErrors(error)) < sides.Length)
            {
                return ExitCode.Usage;
            }

            Write(comparison, parsed.GetValue(format), parsed.InvocationConfiguration.Output);
            return comparison.HasDifferences ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }

    private static Argument<string> Side(string name, string description)
    {
        var side = new Argument<string>(name) { Description = description };
        side.Validators.Add(CommonOptions.RefuseUnknownOptions);
        return side;
    }

    private static void Write(RouteTableComparison comparison, DiffFormat format, TextWriter output)
    {
        switch (format)
        {
            case DiffFormat.Json:
                DiffJson.Write(comparison, output);
                break;
            case DiffFormat.Markdown:
                DiffMarkdownPrinter.Write(comparison, output);
                break;
            default:
                new DiffTextPrinter(output, TerminalStyle.For(output)).Write(comparison);
                break;
        }
    }
}
