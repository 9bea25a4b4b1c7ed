using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Writes what is being served: all of it at the start, and what is new after each change. Not thread-safe.</summary>
/// <remarks>A change costs what it touches, whatever the table holds.</remarks>
internal sealed class ServingReport(ServiceAnswers answers, TextWriter output)
{
    private readonly ServedTotals _totals = new();
    private IngressRouteTable _table = IngressRouteTable.Empty;

    // Without their place: a line inserted above moves what is below it, and that alone is no news.
    private HashSet<IngressDiagnostic> _ofSources = [];

    /// <summary>Writes hosts with their paths and Services, then what is wrong.</summary>
    public void WriteAll(IngressRouteTable table)
    {
        WriteRoutes(table);
        foreach (var unused in answers.UnusedBackends(table))
        {
            output.WriteLine($"No route asks for the Service port '{unused}' of --backend.");
        }

        var open = ServedDiagnostics.Open(table.Diagnostics);
        WriteDiagnostics(open);
        foreach (var line in ServedDiagnostics.Summarize(table.Diagnostics))
        {
            output.WriteLine(line);
        }

        _totals.Restart(table, open);
        output.WriteLine(_totals);
        Remember(table);
    }

    /// <summary>Writes what some tables have changed, one after the other.</summary>
    /// <param name="steps">The tables that came into force since.</param>
    public void WriteChanges(IReadOnlyList<PendingTables.TableStep> steps)
    {
        var told = steps.Count == 1 ? [] : Told(steps);
        var news = new List<IngressDiagnostic>();
        foreach (var step in steps)
        {
            news.AddRange(Take(step).Where(diagnostic => !told.Contains(Key(diagnostic))));
        }

        output.WriteLine($"Changed: {_totals}");
        if (news.Count == 0)
        {
            return;
        }

        var open = steps.Count == 1 ? null : StillOpen(news);
        WriteDiagnostics([.. news.Where(diagnostic => open?.Contains(Key(diagnostic)) ?? true)]);
        if (open is not null && news.Where(diagnostic => !open.Contains(Key(diagnostic))).DistinctBy(Key).ToList() is { Count: > 0 } mended)
        {
            output.WriteLine("Was so for a moment, and is no more:");
            WriteDiagnostics(mended);
        }
    }

    private static IngressDiagnostic Key(IngressDiagnostic diagnostic) => diagnostic with { Location = null };

    // What one table ends and the next one brings back is no news.
    private HashSet<IngressDiagnostic> Told(IReadOnlyList<PendingTables.TableStep> steps)
    {
        var changed = steps.SelectMany(static step => step.Changed ?? []).ToHashSet();
        var told = steps.Any(static step => step.Changed is null) ? _table.Diagnostics : _table.DiagnosticsOf(changed);
        return [.. ServedDiagnostics.Open(told).Select(Key), .. _ofSources];
    }

    // Returns what is said of the table and was not said of the one before.
    private List<IngressDiagnostic> Take(PendingTables.TableStep step)
    {
        var (before, after) = (_table, step.Table);
        IReadOnlyList<IngressDiagnostic> earlier, now;
        if (step.Changed is { } changed)
        {
            var (routesBefore, routesAfter) = (before.RoutesOf(changed), after.RoutesOf(changed));
            earlier = ServedDiagnostics.Open(before.DiagnosticsOf(changed));
            now = ServedDiagnostics.Open(after.DiagnosticsOf(changed));
            if (!ReferenceEquals(before.SourceDiagnostics, after.SourceDiagnostics))
            {
                earlier = [.. before.SourceDiagnostics, .. earlier];
                now = [.. after.SourceDiagnostics, .. now];
            }

            _totals.Replace(after, routesBefore, routesAfter, earlier, now);
        }
        else
        {
            earlier = ServedDiagnostics.Open(before.Diagnostics);
            now = ServedDiagnostics.Open(after.Diagnostics);
            _totals.Restart(after, now);
        }

        var known = earlier.Select(Key).ToHashSet();
        var news = now.Where(diagnostic => !known.Contains(Key(diagnostic)) && !_ofSources.Contains(Key(diagnostic))).ToList();
        Remember(after);
        return news;
    }

    private void Remember(IngressRouteTable table)
    {
        if (!ReferenceEquals(_table.SourceDiagnostics, table.SourceDiagnostics))
        {
            _ofSources = [.. table.SourceDiagnostics.Select(Key)];
        }

        _table = table;
    }

    private HashSet<IngressDiagnostic> StillOpen(List<IngressDiagnostic> news)
    {
        var about = news.Select(static diagnostic => diagnostic.Resource).OfType<ResourceReference>().ToHashSet();
        var open = ServedDiagnostics.Open(_table.DiagnosticsOf(about)).Select(Key).ToHashSet();
        open.UnionWith(_ofSources);
        return open;
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
                    "  " + (route.Path ?? "of " + (route.Source.IsConfigured ? "the command line" : route.Source.Name)),
                    route.Conditions.Count == 0 ? RoutePrinter.TypeOf(route) : $"{RoutePrinter.TypeOf(route)} for {route.Conditions}",
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
        var skipped = diagnostics.ToLookup(static diagnostic => diagnostic.Id == IngressDiagnosticIds.KindSkipped);
        DiagnosticPrinter.WriteSome([.. skipped[false].OrderByDescending(diagnostic => diagnostic.Severity)], output);
        if (skipped[true].Any())
        {
            var kinds = skipped[true]
                .GroupBy(diagnostic => diagnostic.Resource?.Kind ?? "unknown")
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => $"{kind.Key} {kind.Count()}");
            var count = PrintableText.Count(skipped[true].Count(), "document");
            output.WriteLine(PrintableText.Escape(
                $"info {IngressDiagnosticIds.KindSkipped}: {count} of kinds that take no part in routing: {string.Join(", ", kinds)}"));
        }
    }
}
