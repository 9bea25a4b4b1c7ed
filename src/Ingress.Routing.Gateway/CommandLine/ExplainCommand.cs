using System.CommandLine;
using System.Text.Json;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>explain</c>: why a URL goes where it goes.</summary>
internal static class ExplainCommand
{
    public static Command Create(TextReader input)
    {
        var urls = CommonOptions.Urls("cleaned up before it is explained.");
        var manifests = CommonOptions.Manifests("Files, folders, or - for standard input. A value with '://' is taken for the URL.");
        var host = new Option<string?>("--host")
        {
            Description = "The Host header, when it is not the host of the URL.",
            HelpName = "HOST",
        };
        var sni = new Option<string?>("--sni")
        {
            Description = "The server name of the TLS connection, when it is not the host of an https URL; '' when none is sent.",
            HelpName = "NAME",
        };
        var sent = new RequestOptions();
        var all = new Option<bool>("--all") { Description = "Shows every path that lost, however many there are." };
        var format = CommonOptions.Format("one object with every reason as data; docs/explain.md lists its members");
        var tableOptions = new TableOptions();
        var source = new InputOptions();
        var command = new Command(
            "explain",
            "Says why a URL goes where it goes, and why nothing else takes it. Exits with 0, whatever the answer is.")
        {
            urls,
            manifests,
            host,
            sni,
            sent.Method,
            sent.Headers,
            sent.Client,
            all,
            format,
        };
        tableOptions.AddTo(command);
        source.AddTo(command, manifests);
        command.SetAction(parsed =>
        {
            var (files, given) = CommonOptions.FilesAndUrls(parsed, manifests, urls);
            var error = parsed.InvocationConfiguration.Error;
            if (given is not [var url])
            {
                error.WriteLine("Exactly one URL is expected. One without scheme goes in front of --manifests.");
                return ExitCode.Usage;
            }

            using var progress = ProgressLine.Start("Reading manifests", error);
            var read = source.Read(parsed, files, input, tableOptions.Read(parsed));
            progress.Dispose();
            if (read.FilesRead == 0)
            {
                read.ReportErrors(error);
                return ExitCode.Usage;
            }

            var request = ExplainedRequest.Of(url, parsed.GetValue(host), parsed.GetValue(sni)) with { Sent = sent.Read(parsed) };
            var explanation = read.Table.Explain(request.Host, request.Target, request.ServerName, request.Sent);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(format) == OutputFormat.Json)
            {
                output.WriteLine(JsonSerializer.Serialize(ExplanationJson.From(request, explanation), GatewayJson.Lists.ExplanationJson));
            }
            else
            {
                new ExplanationPrinter(output, TerminalStyle.For(output), parsed.GetValue(all)).Write(request, explanation);
            }

            // After the answer, which would scroll away behind them, and in short.
            if (DiagnosticPrinter.Count(read.Table.Diagnostics, IngressDiagnosticSeverity.Error) is > 0 and var count)
            {
                error.WriteLine($"The manifests have {PrintableText.Count(count, "error")}; 'ingress-gateway check' shows what is left out.");
            }

            return ExitCode.Success;
        });
        return command;
    }
}
