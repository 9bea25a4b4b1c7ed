using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Hosting;

/// <summary>Says what is new about each table, and counts its diagnostics. A change costs what it touches. Not thread-safe.</summary>
internal sealed partial class DiagnosticReport(ILogger logger)
{
    private IngressRouteTable? _table;
    private IReadOnlyList<IngressDiagnostic> _ofSources = [];
    private HashSet<DiagnosticKey> _knownOfSources = [];

    /// <summary>How many diagnostics are in force.</summary>
    public DiagnosticCounts Counts { get; private set; }

    /// <summary>Writes about a table that was put in force.</summary>
    /// <param name="table">The table.</param>
    /// <param name="change">What led to it from the table before.</param>
    public void Write(IngressRouteTable table, ClusterChange change)
    {
        if (_table is { } before && table.ChangesSince(before) is { } changes)
        {
            WriteChange(before, table, change, changes);
        }
        else
        {
            WriteAll(table);
        }

        _table = table;
    }

    private void WriteAll(IngressRouteTable table)
    {
        Counts = DiagnosticCounts.Of(table.Diagnostics);
        if (logger.IsEnabled(LogLevel.Information))
        {
            var hosts = table.Routes.Select(static route => route.Host).OfType<string>().Distinct(StringComparer.Ordinal).Count();
            Log.Published(logger, table.Routes.Count, hosts, Counts.Errors, Counts.Warnings);
        }

        LogNew(table.Diagnostics, [.. (_table?.Diagnostics ?? []).Select(DiagnosticKey.Of)]);
        Remember(table.Snapshot.SourceDiagnostics);
    }

    private void WriteChange(IngressRouteTable before, IngressRouteTable after, ClusterChange change, RouteTableChanges changes)
    {
        var known = new HashSet<DiagnosticKey>();
        var found = new List<IngressDiagnostic>();
        if (change.SourceDiagnostics is { } ofSources)
        {
            Counts += DiagnosticCounts.Of(ofSources) - DiagnosticCounts.Of(_ofSources);
            found.AddRange(ofSources);
            var resources = ofSources.Select(static diagnostic => diagnostic.Resource).OfType<ResourceReference>().ToHashSet();
            known.UnionWith(before.DiagnosticsOf(resources).Select(DiagnosticKey.Of));
        }

        var (earlier, now) = (before.DiagnosticsOf(changes.Resources), after.DiagnosticsOf(changes.Resources));
        Counts += DiagnosticCounts.Of(now) - DiagnosticCounts.Of(earlier);
        known.UnionWith(earlier.Select(DiagnosticKey.Of));
        found.AddRange(now);

        if (logger.IsEnabled(LogLevel.Information))
        {
            Log.PublishedChange(logger, Describe(change), Counts.Errors, Counts.Warnings);
        }

        LogNew(found.Where(diagnostic => !_knownOfSources.Contains(DiagnosticKey.Of(diagnostic))), known);
        if (change.SourceDiagnostics is { } current)
        {
            Remember(current);
        }
    }

    private void LogNew(IEnumerable<IngressDiagnostic> diagnostics, HashSet<DiagnosticKey> known)
    {
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Severity == IngressDiagnosticSeverity.Info || !known.Add(DiagnosticKey.Of(diagnostic)))
            {
                continue;
            }

            if (diagnostic.Severity == IngressDiagnosticSeverity.Error)
            {
                Log.DiagnosedError(logger, diagnostic);
            }
            else
            {
                Log.DiagnosedWarning(logger, diagnostic);
            }
        }
    }

    private void Remember(IReadOnlyList<IngressDiagnostic> ofSources)
    {
        _ofSources = ofSources;
        _knownOfSources = [.. ofSources.Select(DiagnosticKey.Of)];
    }

    private static string Describe(ClusterChange change)
    {
        var count = change.Upserted.Count + change.Removed.Count;
        if (count == 0)
        {
            return "no object";
        }

        var first = change.Upserted.Count > 0 ? change.Upserted[0].Reference : change.Removed[0];
        return count == 1 ? first.ToString() : $"{first} and {count - 1} more";
    }

    // Without the location: an edit further up in a file moves a diagnostic, but does not make it news.
    private readonly record struct DiagnosticKey(string Id, ResourceReference? Resource, string Field, string Message)
    {
        public static DiagnosticKey Of(IngressDiagnostic diagnostic)
            => new(diagnostic.Id, diagnostic.Resource, diagnostic.Field, diagnostic.Message);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Published a table. Routes: {Routes}, hosts: {Hosts}, errors: {Errors}, warnings: {Warnings}.", EventName = "Published")]
        public static partial void Published(ILogger logger, int routes, int hosts, int errors, int warnings);

        [LoggerMessage(3, LogLevel.Error, "{Diagnostic}", EventName = "DiagnosedError")]
        public static partial void DiagnosedError(ILogger logger, IngressDiagnostic diagnostic);

        [LoggerMessage(4, LogLevel.Warning, "{Diagnostic}", EventName = "DiagnosedWarning")]
        public static partial void DiagnosedWarning(ILogger logger, IngressDiagnostic diagnostic);

        [LoggerMessage(6, LogLevel.Information, "Published a change of {Objects}. Errors now: {Errors}, warnings: {Warnings}.", EventName = "PublishedChange")]
        public static partial void PublishedChange(ILogger logger, string objects, int errors, int warnings);
    }
}
