using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.DevCertificates;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Writes what is being served: all of it at the start, and a summary after each change.</summary>
internal sealed class ServingReport(ServiceAnswers answers, TextWriter output)
{
    /// <summary>Writes hosts with their paths and Services, then what is wrong.</summary>
    public void WriteAll(IngressRouteTable table)
    {
        WriteRoutes(table);
        foreach (var unused in answers.UnusedBackends(table))
        {
            output.WriteLine($"No route asks for the Service port '{unused}' of --backend.");
        }

        var diagnostics = answers.DiagnosticsOf(table);
        WriteDiagnostics(diagnostics.Open);
        foreach (var (id, answered) in diagnostics.Answered.CountBy(diagnostic => diagnostic.Id).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine(DevCertificateDiagnostics.Summarize(id, answered)
                ?? $"info {id}: {PrintableText.Count(answered, "backend")} without ready endpoints, answered as shown above");
        }

        output.WriteLine(Summary(table, diagnostics.Open));
    }

    /// <summary>Writes what a change has changed.</summary>
    public void WriteChange(IngressRouteTable before, IngressRouteTable after)
    {
        // A line inserted above moves what is below it; that alone is no news.
        var known = answers.DiagnosticsOf(before).Open.Select(diagnostic => diagnostic with { Location = null }).ToHashSet();
        var diagnostics = answers.DiagnosticsOf(after).Open;
        output.WriteLine($"Changed: {Summary(after, diagnostics)}");
        WriteDiagnostics([.. diagnostics.Where(diagnostic => !known.Contains(diagnostic with { Location = null }))]);
    }

    private void WriteRoutes(IngressRouteTable table)
    {
        foreach (var host in table.Routes.GroupBy(route => route.Path is null ? "Default backends" : route.Host ?? "All other hosts"))
        {
            output.WriteLine(PrintableText.Escape(host.Key));
            var paths = new TextTable();
            foreach (var route in host)
            {
                paths.Add(
                    "  " + (route.Path ?? "of " + (route.Source?.ToString() ?? "the command line")),
                    RoutePrinter.TypeOf(route),
                    RoutePrinter.BackendOf(route),
                    answers.Describe(route, table));
            }

            paths.Write(output);
            output.WriteLine();
        }
    }

    // Documents of other kinds are normal in a folder of manifests; one line counts them.
    private void WriteDiagnostics(IReadOnlyList<IngressDiagnostic> diagnostics)
    {
        var skipped = diagnostics.Where(diagnostic => diagnostic.Id == IngressDiagnosticIds.KindSkipped).ToList();
        DiagnosticPrinter.WriteText(diagnostics.Except(skipped).OrderByDescending(diagnostic => diagnostic.Severity), output);
        if (skipped.Count > 0)
        {
            var kinds = skipped
                .GroupBy(diagnostic => diagnostic.Resource?.Kind ?? "unknown")
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => $"{kind.Key} {kind.Count()}");
            var count = PrintableText.Count(skipped.Count, "document");
            output.WriteLine(PrintableText.Escape(
                $"info {IngressDiagnosticIds.KindSkipped}: {count} of kinds that take no part in routing: {string.Join(", ", kinds)}"));
        }
    }

    private static string Summary(IngressRouteTable table, IReadOnlyList<IngressDiagnostic> diagnostics)
    {
        var routes = PrintableText.Count(table.Routes.Count, "route");
        var ports = table.Routes.SelectMany(route => route.Services).Distinct().Count();
        return $"{DiagnosticPrinter.Summary(table.Snapshot, diagnostics)}; {routes} to {PrintableText.Count(ports, "Service port")}.";
    }
}
