using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Hosting;

/// <summary>Compiles snapshots, puts the table in force, and says what is new about it.</summary>
internal sealed partial class TablePublisher(
    IngressRouter router, RouteTableOptions options, TimeProvider time, IngressReloadMetrics metrics, ILogger logger)
{
    private HashSet<DiagnosticKey> _reported = [];

    /// <param name="snapshots">The latest snapshot of each source.</param>
    public void Publish(IReadOnlyList<ClusterSnapshot> snapshots)
    {
        try
        {
            var snapshot = SnapshotMerger.Merge(snapshots);
            var started = time.GetTimestamp();
            var table = IngressRouteTable.Compile(snapshot, options with { CertificatesJudgedAt = time.GetUtcNow() });
            var duration = time.GetElapsedTime(started);

            router.Publish(table);
            metrics.TablePublished(duration);
            LogTable(table);
            LogNewDiagnostics(table.Diagnostics);
        }
        catch (Exception failure)
        {
            // Content never throws, so this is a defect; the table in force outlives it.
            metrics.CompilationFailed();
            Log.CompilationFailed(logger, failure);
        }
    }

    private void LogTable(IngressRouteTable table)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            Log.Published(
                logger,
                table.Routes.Count,
                table.Routes.Select(static route => route.Host).OfType<string>().Distinct(StringComparer.Ordinal).Count(),
                table.Diagnostics.Count(static diagnostic => diagnostic.Severity == IngressDiagnosticSeverity.Error),
                table.Diagnostics.Count(static diagnostic => diagnostic.Severity == IngressDiagnosticSeverity.Warning));
        }
    }

    private void LogNewDiagnostics(IReadOnlyList<IngressDiagnostic> diagnostics)
    {
        var reported = new HashSet<DiagnosticKey>();
        foreach (var diagnostic in diagnostics)
        {
            var key = new DiagnosticKey(diagnostic.Id, diagnostic.Resource, diagnostic.Field, diagnostic.Message);
            if (diagnostic.Severity == IngressDiagnosticSeverity.Info || !reported.Add(key) || _reported.Contains(key))
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

        _reported = reported;
    }

    // Without the location: an edit further up in a file moves a diagnostic, but does not make it news.
    private readonly record struct DiagnosticKey(string Id, ResourceReference? Resource, string Field, string Message);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Published {Routes} routes for {Hosts} hosts, with {Errors} errors and {Warnings} warnings.", EventName = "Published")]
        public static partial void Published(ILogger logger, int routes, int hosts, int errors, int warnings);

        [LoggerMessage(2, LogLevel.Error, "The route table could not be compiled. The one in force stays in force.", EventName = "CompilationFailed")]
        public static partial void CompilationFailed(ILogger logger, Exception failure);

        [LoggerMessage(3, LogLevel.Error, "{Diagnostic}", EventName = "DiagnosedError")]
        public static partial void DiagnosedError(ILogger logger, IngressDiagnostic diagnostic);

        [LoggerMessage(4, LogLevel.Warning, "{Diagnostic}", EventName = "DiagnosedWarning")]
        public static partial void DiagnosedWarning(ILogger logger, IngressDiagnostic diagnostic);
    }
}
