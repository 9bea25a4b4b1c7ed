using System.CommandLine;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>check</c>: everything worth knowing about manifests before anybody serves them.</summary>
internal static class CheckCommand
{
    public static Command Create(TextReader input)
    {
        var paths = CommonOptions.Paths();
        var format = CommonOptions.Format("an array of {id, severity, kind, object, field, message, file, line, column}");
        var controllerName = CommonOptions.ControllerName();
        var command = new Command(
            "check",
            "Says what is wrong with manifests, and what it means for requests. Exits with 1 when there is an error.")
        {
            paths,
            format,
            controllerName,
        };
        command.SetAction(parsed =>
        {
            var manifests = ManifestInput.Read(parsed.GetRequiredValue(paths), input, parsed.GetValue(controllerName));
            Print(manifests.Table, parsed.GetValue(format), parsed.InvocationConfiguration.Output);
            if (manifests.FilesRead == 0)
            {
                parsed.InvocationConfiguration.Error.WriteLine(ManifestInput.NothingRead);
                return ExitCode.Usage;
            }

            return DiagnosticPrinter.Count(manifests.Table.Diagnostics, IngressDiagnosticSeverity.Error) > 0
                ? ExitCode.Failure
                : ExitCode.Success;
        });
        return command;
    }

    private static void Print(IngressRouteTable table, OutputFormat format, TextWriter output)
    {
        // The table orders by object; whoever edits a file goes through it from top to bottom.
        var diagnostics = table.Diagnostics
            .OrderBy(diagnostic => diagnostic.Location?.File, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location?.Line)
            .ThenBy(diagnostic => diagnostic.Location?.Column);
        if (format == OutputFormat.Json)
        {
            DiagnosticPrinter.WriteJson(diagnostics, output);
            return;
        }

        DiagnosticPrinter.WriteText(diagnostics, output);
        output.WriteLine(DiagnosticPrinter.Summary(table.Snapshot, table.Diagnostics));
    }
}
