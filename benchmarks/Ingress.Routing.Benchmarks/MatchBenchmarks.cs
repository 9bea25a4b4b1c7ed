using BenchmarkDotNet.Attributes;

namespace Ingress.Routing.Benchmarks;

/// <summary>One request against fleets of several sizes, by the kind of request.</summary>
[MemoryDiagnoser]
public class MatchBenchmarks
{
    private const int EndpointRoutingLimit = 100; // above, it takes seconds to minutes to build
    private const int EndpointRoutingRequests = 1_024;

    private readonly Dictionary<string, Func<int>> _contenders = [];

    [Params(10, 1_000, 100_000)]
    public int Hosts { get; set; }

    [Params(0, 1, 5, 50)]
    public int Paths { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var fleet = new Fleet(Hosts, Paths);
        var table = IngressRouteTable.Compile(fleet.Snapshot);
        var mixed = Requests.Mixed(fleet);
        _contenders[nameof(ReadyMadeKey)] = Subjects.ReadyMadeKey(table, mixed).Run;
        _contenders[nameof(Mixed)] = Subjects.Match(table, mixed).Run;
        _contenders[nameof(ExactHost)] = Subjects.Match(table, Requests.OfKind(fleet, Requests.Kind.Exact)).Run;
        _contenders[nameof(WildcardHost)] = Subjects.Match(table, Requests.OfKind(fleet, Requests.Kind.Wildcard)).Run;
        _contenders[nameof(UnknownHost)] = Subjects.Match(table, Requests.OfKind(fleet, Requests.Kind.Miss)).Run;
        _contenders[nameof(NotCanonical)] = Subjects.Match(table, mixed.NotCanonical()).Run;
        if (Hosts <= EndpointRoutingLimit)
        {
            _contenders[nameof(EndpointRouting)] = Subjects.EndpointRouting(new EndpointRouter(fleet), mixed, EndpointRoutingRequests).Run;
        }

        // A benchmark of hits that miss would look splendid.
        if (ExactHost() == 0 || WildcardHost() == 0 || UnknownHost() != 0)
        {
            throw new InvalidOperationException("The requests do not do what they are for.");
        }
    }

    /// <summary>A lower bound that cheats: one look-up by a key that was made beforehand, and only of what is asked for.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Requests.Count)]
    public int ReadyMadeKey() => _contenders[nameof(ReadyMadeKey)]();

    [Benchmark(OperationsPerInvoke = Requests.Count)]
    public int Mixed() => _contenders[nameof(Mixed)]();

    [Benchmark(OperationsPerInvoke = Requests.Count)]
    public int ExactHost() => _contenders[nameof(ExactHost)]();

    [Benchmark(OperationsPerInvoke = Requests.Count)]
    public int WildcardHost() => _contenders[nameof(WildcardHost)]();

    [Benchmark(OperationsPerInvoke = Requests.Count)]
    public int UnknownHost() => _contenders[nameof(UnknownHost)]();

    [Benchmark(OperationsPerInvoke = Requests.Count)]
    public int NotCanonical() => _contenders[nameof(NotCanonical)]();

    /// <summary>ASP.NET Core's routing with the same rules; only where it builds in reasonable time.</summary>
    [Benchmark(OperationsPerInvoke = EndpointRoutingRequests)]
    public int EndpointRouting() => _contenders.TryGetValue(nameof(EndpointRouting), out var run) ? run() : throw new NotSupportedException();
}
