using FsCheck.Xunit;
using Ingress.Routing.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>What is said about a change is what would be said about the whole table.</summary>
public sealed class DiagnosticReportTests
{
    [Property(MaxTest = 200)]
    public void Write_AnyChanges_SaysWhatIsNewOnceAndCountsAll(int seed)
    {
        var pool = new ObjectPool(new Random(seed));
        var logger = new ListLogger<DiagnosticReport>();
        var report = new DiagnosticReport(logger);
        var change = pool.Change();
        var table = IngressRouteTable.Compile(ClusterSnapshot.Empty.Apply(change));
        var known = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var alreadyLogged = logger.Entries.Count;
            report.Write(table, change);

            var worthLogging = table.Diagnostics.Where(static diagnostic => diagnostic.Severity > IngressDiagnosticSeverity.Info).ToList();
            Assert.Equal(
                worthLogging.Select(static diagnostic => diagnostic.ToString()).Distinct().Where(text => !known.Contains(text)),
                logger.Entries.Skip(alreadyLogged).Where(static entry => entry.Level > LogLevel.Information).Select(static entry => entry.Message));
            Assert.Equal(DiagnosticCounts.Of(table.Diagnostics), report.Counts);

            known = [.. worthLogging.Select(static diagnostic => diagnostic.ToString())];
            change = pool.Change();
            table = table.Apply(change);
        }
    }

    [Fact]
    public void Counts_TellSeveritiesApart()
    {
        var counts = DiagnosticCounts.Of(
        [
            Diagnostic(IngressDiagnosticSeverity.Error), Diagnostic(IngressDiagnosticSeverity.Warning),
            Diagnostic(IngressDiagnosticSeverity.Warning), Diagnostic(IngressDiagnosticSeverity.Info),
        ]);

        Assert.Equal(new DiagnosticCounts(1, 2, 1), counts);
        Assert.Equal(default, counts - counts);
    }

    private static IngressDiagnostic Diagnostic(IngressDiagnosticSeverity severity)
        => new() { Id = IngressDiagnosticIds.InvalidHost, Severity = severity, Message = "No." };
}
