using BenchmarkDotNet.Attributes;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Benchmarks;

/// <summary>One changed Ingress among many, up to the table that answers with it.</summary>
[MemoryDiagnoser]
public class ChangeBenchmarks
{
    private const int Paths = 5;

    private IngressRouteTable _table = IngressRouteTable.Empty;
    private ClusterChange _change = ClusterChange.None;
    private KeyValuePair<string, HostBucket?>[] _hostChange = [];

    [Params(1_000, 100_000)]
    public int Ingresses { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var fleet = new Fleet(Ingresses, Paths);
        var changed = Fleet.Changed(fleet.Snapshot.Ingresses[Ingresses / 2], 1);
        _table = IngressRouteTable.Compile(fleet.Snapshot);
        _change = new() { Upserted = [changed] };
        var host = changed.Rules[0].Host!;
        _hostChange = [KeyValuePair.Create(host, _table.Named.Get(host))];
    }

    [Benchmark(Baseline = true)]
    public IngressRouteTable Apply() => _table.Apply(_change);

    /// <summary>A lower bound that cheats: only the host among the matching structures.</summary>
    [Benchmark]
    public object HostAlone() => _table.Named.With(_hostChange);
}
