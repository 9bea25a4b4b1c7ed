using BenchmarkDotNet.Attributes;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>Compiling everything anew, which is what a change costs.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private const int PathsPerHost = 10;

    private ClusterSnapshot _snapshot = ClusterSnapshot.Empty;

    [Params(10, 1_000, 10_000)]
    public int Ingresses { get; set; }

    [GlobalSetup]
    public void Setup() => _snapshot = new Corpus(Ingresses, PathsPerHost).Snapshot;

    [Benchmark]
    public IngressRouteTable Compile() => IngressRouteTable.Compile(_snapshot);
}
