using System.CommandLine;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>match</c>: which route answers a URL.</summary>
internal static class MatchCommand
{
    public static Command Create(TextReader input)
    {
        var urls = CommonOptions.Urls(
            "cleaned up: what follows the host is the request target as it stands, a '#' included.");
        var manifests = CommonOptions.Manifests("Files, folders, or - for standard input. A value with '://' is taken for a URL.");
        var format = CommonOptions.Format(
            "one object a line, {url, outcome, ingress, service, port, resource, pathType, rulePath, canonicalPath}, "
            + "outcome one of rule, defaultBackend, notFound and badRequest");
        var sent = new RequestOptions();
        var tableOptions = new TableOptions(hasDefaultBackend: true, hasDefaultCertificate: false);
        var source = new InputOptions();
        var command = new Command(
            "match",
            "Tells which route answers each URL. Exits with 0, whatever the answers are.")
        {
            urls,
            manifests,
            sent.Method,
            sent.Headers,
            format,
        };
        tableOptions.AddTo(command);
        source.AddTo(command, manifests);
        command.SetAction(parsed =>
        {
            var (files, targets) = CommonOptions.FilesAndUrls(parsed, manifests, urls);
            var error = parsed.InvocationConfiguration.Error;
            if (targets.Length == 0)
            {
                error.WriteLine("No URL is given. One without scheme goes in front of --manifests.");
                return ExitCode.Usage;
            }

            var read = source.Read(parsed, files, input, tableOptions.Read(parsed));
            if (!read.ReportErrors(error))
            {
                return ExitCode.Usage;
            }

            foreach (var url in targets)
            {
                MatchPrinter.Write(url, read.Table.Match(url, sent.Read(parsed)), parsed.GetValue(format), parsed.InvocationConfiguration.Output);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static IngressMatch Match(this IngressRouteTable table, string url, RouteRequest sent)
    {
        var request = RequestUrl.Parse(url);
        return table.Match(request.Host, request.Target, sent);
    }
}
