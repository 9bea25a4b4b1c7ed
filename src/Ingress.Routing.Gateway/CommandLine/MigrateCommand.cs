using System.CommandLine;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Nginx;
using Ingress.Routing.Nginx.Migration;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>migrate</c>: what moving from ingress-nginx means, Ingress by Ingress.</summary>
internal static class MigrateCommand
{
    public static Command Create(TextReader input)
    {
        var paths = CommonOptions.Paths();
        var format = FormatOption.Create(
            "'text' for people (the default), 'json': {covered, ingresses, ...}, or 'markdown': a page.",
            ("text", MigrateFormat.Text),
            ("json", MigrateFormat.Json),
            ("markdown", MigrateFormat.Markdown));
        var tableOptions = new TableOptions(hasDefaultBackend: true, hasDefaultCertificate: true, isNginx: true);
        var command = new Command(
            "migrate",
            "Says what moving from ingress-nginx means: which annotations work, which are refused, and which requests are answered otherwise. Exits with 1 "
            + "when an Ingress needs an edit.")
        {
            paths,
            format,
        };
        tableOptions.AddTo(command);
        command.SetAction(parsed =>
        {
            var error = parsed.InvocationConfiguration.Error;
            using var progress = ProgressLine.Start("Reading manifests", error);
            var manifests = ManifestInput.Read(parsed.GetRequiredValue(paths), input, tableOptions.Read(parsed));
            var options = (NginxOptions)manifests.Table.Options.AnnotationDialects[0].Settings!;
            var report = new MigrationAnalyzer(manifests.Table, options).Analyze();
            progress.Dispose();
            if (manifests.FilesRead == 0)
            {
                manifests.ReportNothingRead(error);
                return ExitCode.Usage;
            }

            MigrationPrinter.Write(report, parsed.GetValue(format), parsed.InvocationConfiguration.Output);
            return report.Covered == report.Ingresses.Count ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }
}
