using BenchmarkDotNet.Attributes;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>Compiling everything anew.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private const int Paths = 5;

    private ClusterSnapshot _snapshot = ClusterSnapshot.Empty;

    [Params(1_000, 10_000, 100_000)]
    public int Ingresses { get; set; }

    [GlobalSetup]
    public void Setup() => _snapshot = new Fleet(Ingresses, Paths).Snapshot;

    [Benchmark(Baseline = true)]
    public IngressRouteTable Compile() => IngressRouteTable.Compile(_snapshot);

    /// <summary>A lower bound that cheats: a dictionary of what the rules say, without a look at any of it.</summary>
    [Benchmark]
    public int PathsByHost()
    {
        var hosts = new Dictionary<string, IReadOnlyList<IngressPath>?>(_snapshot.Ingresses.Count);
        foreach (var ingress in _snapshot.Ingresses)
        {
            hosts[ingress.Rules[0].Host!] = ingress.Rules[0].Paths;
        }

        return hosts.Count;
    }
}
