using System.CommandLine;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Linting;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>check</c>: everything worth knowing about manifests before anybody serves them.</summary>
internal static class CheckCommand
{
    public static Command Create(TextReader input)
    {
        var paths = CommonOptions.Paths();
        var format = CheckOptions.Format();
        var failOn = CheckOptions.FailOn();
        var strict = CheckOptions.Strict();
        var config = CheckOptions.Config();
        var tableOptions = new TableOptions(hasDefaultBackend: false, hasDefaultCertificate: false);
        var source = new InputOptions(asksForPermissions: true);
        var command = new Command(
            "check",
            "Says what is wrong with manifests, and what it means for requests. Exits with 1 when there is an error.")
        {
            paths,
            format,
            failOn,
            strict,
            config,
        };
        tableOptions.AddTo(command);
        source.AddTo(command, paths);
        command.SetAction(parsed =>
        {
            var error = parsed.InvocationConfiguration.Error;
            if (!CheckSettings.TryRead(parsed.GetValue(config), out var settings, out var problem))
            {
                error.WriteLine(problem);
                return ExitCode.Usage;
            }

            using var progress = ProgressLine.Start("Checking manifests", error);
            var manifests = source.Read(parsed, parsed.GetValue(paths), input, tableOptions.Read(parsed));
            var isStrict = settings.Strict || parsed.GetValue(strict) || source.IsCluster(parsed); // of a cluster, everything is known
            var findings = new Findings(manifests.Table, Lint(manifests.Table, settings), settings, isStrict);
            progress.Dispose();

            Print(findings, manifests, parsed.GetValue(format), parsed.InvocationConfiguration.Output);
            if (manifests.FilesRead == 0)
            {
                manifests.ReportNothingRead(error);
                return ExitCode.Usage;
            }

            WriteNotes(findings.Notes, parsed.GetValue(format) == CheckFormat.Text ? parsed.InvocationConfiguration.Output : error);

            return findings.Reach(parsed.GetValue(failOn) ?? settings.FailOn) ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }

    private static IReadOnlyList<IngressDiagnostic> Lint(IngressRouteTable table, CheckSettings settings)
    {
        var options = new IngressLintOptions { Now = table.Options.CertificatesEvaluatedAt };
        return IngressLinter.Lint(
            table, settings.CertificateNoticeDays is { } days ? options with { CertificateNotice = TimeSpan.FromDays(days) } : options);
    }

    // Where programs read the findings, people read the rest.
    private static void WriteNotes(IReadOnlyList<string> notes, TextWriter writer)
    {
        foreach (var note in notes)
        {
            writer.WriteLine(note);
        }
    }

    private static void Print(Findings findings, ManifestInput manifests, CheckFormat format, TextWriter output)
    {
        switch (format)
        {
            case CheckFormat.Json:
                DiagnosticPrinter.WriteJson(findings.Reported, output);
                break;

            case CheckFormat.Sarif:
                SarifWriter.Write(findings.Reported, Environment.CurrentDirectory, output);
                break;

            default:
                new FindingPrinter(output, TerminalStyle.For(output), new SourceLines(manifests.StandardInputText)).Write(findings);
                break;
        }
    }
}
