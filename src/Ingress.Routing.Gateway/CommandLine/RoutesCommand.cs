using System.CommandLine;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>routes</c>: the compiled table.</summary>
internal static class RoutesCommand
{
    public static Command Create(TextReader input)
    {
        var paths = CommonOptions.Paths();
        var host = new Option<string?>("--host")
        {
            Description = "Only the routes that a request with this Host can reach.",
            HelpName = "HOST",
        };
        var format = CommonOptions.Format(
            "an array of {host, path, pathType, service, port, resource, ingress, field, file, line, column}, "
            + "path and pathType null for a default backend");
        var tableOptions = new TableOptions(hasDefaultBackend: true, hasDefaultCertificate: false);
        var source = new InputOptions();
        var command = new Command(
            "routes",
            "Prints the routes that manifests make, most specific first. What an error concerns is missing, and said on standard error.")
        {
            paths,
            host,
            format,
        };
        tableOptions.AddTo(command);
        source.AddTo(command, paths);
        command.SetAction(parsed =>
        {
            var manifests = source.Read(parsed, parsed.GetValue(paths), input, tableOptions.Read(parsed));
            if (!manifests.ReportErrors(parsed.InvocationConfiguration.Error))
            {
                return ExitCode.Usage;
            }

            IReadOnlyList<IngressRoute> routes = parsed.GetValue(host) is { } wanted
                ? ReachableRoutes.Find(manifests.Table, wanted)
                : manifests.Table.Routes;
            RoutePrinter.Write(routes, parsed.GetValue(format), parsed.InvocationConfiguration.Output);
            return ExitCode.Success;
        });
        return command;
    }
}
