using Ingress.Routing.Gateway.Serving;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Gateway.Tests;

public sealed class ServingReportTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly PendingTables _pending = new();

    public void Dispose()
    {
        _output.Dispose();
        _pending.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WriteChanges_OneIngress_CostsWhatItTouchesAndNotTheTable(bool isEcho)
    {
        var (small, large) = (BytesOfAChange(100, isEcho), BytesOfAChange(10_000, isEcho));

        Assert.True(large < 2 * small, $"{small} bytes with 100 Ingresses, {large} with 10,000.");
    }

    // The lists of a table are put together once, at the first reading; so whoever reads one allocates by the size of the table.
    private static long BytesOfAChange(int ingresses, bool isEcho)
    {
        var table = TableOf(ingresses);
        using var pending = new PendingTables();
        var report = new ServingReport(new ServiceAnswers(new() { Manifests = [], Echo = isEcho }), TextWriter.Null);
        pending.Add(table);
        report.WriteAll(pending.Take(default)[^1].Table);
        pending.Add(table = table.Apply(new() { Upserted = [Ingress(0, "/first")] })); // warms up
        report.WriteChanges(pending.Take(default));

        pending.Add(table.Apply(new() { Upserted = [Ingress(0, "/second")] }));
        var steps = pending.Take(default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        report.WriteChanges(steps);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void WriteChanges_AnyChange_SumsWhatATableOfItsOwnWouldSum()
    {
        var report = Report();
        var table = Start(report, TableOf(3));
        ClusterChange[] changes =
        [
            new() { Upserted = [Some.Ingress("shop/more", [Some.Rule("h1.test", Some.Prefix("/"), Some.Prefix("/more"))])] },
            new() { Upserted = [Some.Ingress("shop/all", [], defaultBackend: IngressBackend.ForService("other", 81))] },
            new() { Upserted = [Some.Ingress("shop/broken", [Some.Rule("UPPER.test", Some.Prefix("/"))])] },
            new() { Removed = [Ingress(0, "/").Reference] },
            new() { Removed = [Some.Ingress("shop/all").Reference, Some.Ingress("shop/more").Reference] },
            new() { SourceDiagnostics = [Error("a.yaml")] },
            new() { SourceDiagnostics = [] },
            new() { Upserted = [Some.Class("any")] },
        ];
        foreach (var change in changes)
        {
            table = table.Apply(change);
            _pending.Add(table);
            _output.GetStringBuilder().Clear();
            report.WriteChanges(_pending.Take(default));
            var changed = _output.ToString().Split(Environment.NewLine)[0];

            Assert.Equal($"Changed: {SumOf(table)}", changed);
        }
    }

    [Fact]
    public void WriteChanges_ErrorThatIsGoneByThen_IsTold()
    {
        var report = Report();
        var table = Start(report, TableOf(2));
        var broken = table.Apply(new() { Upserted = [Some.Ingress("shop/web0", [Some.Rule("UPPER.test", Some.Prefix("/"))])] });
        _pending.Add(broken);
        _pending.Add(broken.Apply(new() { Upserted = [Ingress(0, "/")] }));

        report.WriteChanges(_pending.Take(default));

        var lines = _output.ToString().Split(Environment.NewLine);
        Assert.StartsWith("Changed: 2 Ingresses, 0 errors", lines[0], StringComparison.Ordinal);
        Assert.Contains("is no more", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("error INGR004 Ingress/shop/web0", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void WriteChanges_ManyErrors_AreCounted()
    {
        var report = Report();
        var table = Start(report, TableOf(1));
        _pending.Add(table.Apply(new() { SourceDiagnostics = [.. Enumerable.Range(0, 5_000).Select(static i => Error($"{i}.yaml"))] }));

        report.WriteChanges(_pending.Take(default));

        var lines = _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(102, lines.Length);
        Assert.StartsWith("4900 more: 4900 errors; ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Add_NothingTakesThem_StaysBounded()
    {
        var table = TableOf(1);
        _pending.Add(table);
        for (var i = 0; i < 10 * PendingTables.Limit; i++)
        {
            _pending.Add(table = table.Apply(new() { Upserted = [Some.Ingress($"shop/new{i}", [Some.Rule($"n{i}.test", Some.Prefix("/"))])] }));
        }

        var steps = _pending.Take(default);

        Assert.Equal(PendingTables.Limit, steps.Count);
        Assert.Same(table, steps[^1].Table);
        Assert.Equal((10 * PendingTables.Limit) - PendingTables.Limit + 2, steps[^1].Changed!.Count);
    }

    private ServingReport Report() => new(new ServiceAnswers(new() { Manifests = [] }), _output);

    private IngressRouteTable Start(ServingReport report, IngressRouteTable table)
    {
        _pending.Add(table);
        report.WriteAll(_pending.Take(default)[^1].Table);
        _output.GetStringBuilder().Clear();
        return table;
    }

    private static string SumOf(IngressRouteTable table)
    {
        var totals = new ServedTotals();
        totals.Restart(table, table.Diagnostics);
        Assert.Equal(table.Snapshot.Ingresses.Count, table.IngressCount);
        return totals.ToString();
    }

    private static Diagnostics.IngressDiagnostic Error(string file) => new()
    {
        Id = Diagnostics.IngressDiagnosticIds.UnreadableManifest,
        Severity = Diagnostics.IngressDiagnosticSeverity.Error,
        Message = "Broken.",
        Location = new(file, 1, 1),
    };

    private static IngressRouteTable TableOf(int ingresses)
        => IngressRouteTable.Compile(Some.Snapshot([.. Enumerable.Range(0, ingresses).Select(static i => Ingress(i, "/"))]));

    private static IngressResource Ingress(int number, string path)
        => Some.Ingress($"shop/web{number}", [Some.Rule($"h{number}.test", Some.Prefix(path))]);
}
