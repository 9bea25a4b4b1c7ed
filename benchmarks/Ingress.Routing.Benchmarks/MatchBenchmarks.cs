using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;

namespace Ingress.Routing.Benchmarks;

/// <summary>One request against tables of several sizes, by the kind of request.</summary>
[MemoryDiagnoser]
public class MatchBenchmarks
{
    private IngressRouteTable _table = IngressRouteTable.Empty;
    private NaiveRouter _naive = new([]);
    private FrozenDictionary<string, IngressRoute> _readyMade = FrozenDictionary<string, IngressRoute>.Empty;
    private string[] _keys = [];
    private Request[] _exact = [];
    private Request[] _deep = [];
    private Request[] _wildcard = [];
    private Request[] _misses = [];
    private Request[] _notCanonical = [];

    [Params(10, 1_000, 10_000)]
    public int Hosts { get; set; }

    [Params(1, 20)]
    public int PathsPerHost { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var corpus = new Corpus(Hosts, PathsPerHost);
        _table = IngressRouteTable.Compile(corpus.Snapshot);
        _naive = new(corpus.Rules);
        _exact = corpus.ExactHits();
        _deep = corpus.DeepHits();
        _wildcard = corpus.WildcardHits();
        _misses = corpus.Misses();
        _notCanonical = corpus.NotCanonical();

        _keys = [.. _exact.Select(request => request.Host + request.Target)];
        _readyMade = _exact
            .DistinctBy(request => request.Host + request.Target)
            .ToFrozenDictionary(request => request.Host + request.Target, request => _table.Match(request.Host, request.Target).Route!);
        CheckRequests();
    }

    /// <summary>A lower bound that cheats: one lookup by a key that was made beforehand, and only of what is asked for.</summary>
    [Benchmark(OperationsPerInvoke = Corpus.RequestCount)]
    public int ReadyMadeKey()
    {
        var found = 0;
        foreach (var key in _keys)
        {
            found += _readyMade.TryGetValue(key, out _) ? 1 : 0;
        }

        return found;
    }

    /// <summary>The baseline: a dictionary of lists, without any of the rules about canonical forms.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Corpus.RequestCount)]
    public int Naive()
    {
        var found = 0;
        foreach (var request in _exact)
        {
            found += _naive.Find(request.Host, request.Target) is null ? 0 : 1;
        }

        return found;
    }

    [Benchmark(OperationsPerInvoke = Corpus.RequestCount)]
    public int ExactHost() => MatchAll(_exact);

    [Benchmark(OperationsPerInvoke = Corpus.RequestCount)]
    public int DeepPath() => MatchAll(_deep);

    [Benchmark(OperationsPerInvoke = Corpus.RequestCount)]
    public int WildcardHost() => MatchAll(_wildcard);

    [Benchmark(OperationsPerInvoke = Corpus.RequestCount)]
    public int Miss() => MatchAll(_misses);

    [Benchmark(OperationsPerInvoke = Corpus.RequestCount)]
    public int NeedsCanonicalising() => MatchAll(_notCanonical);

    // A benchmark of hits that miss would look splendid.
    private void CheckRequests()
    {
        int[] found = [Naive(), ExactHost(), DeepPath(), WildcardHost(), NeedsCanonicalising()];
        if (found.Any(count => count != Corpus.RequestCount) || Miss() != 0)
        {
            throw new InvalidOperationException($"The requests do not do what they are for: {string.Join(", ", found)} hits, {Miss()} misses that hit.");
        }
    }

    private int MatchAll(Request[] requests)
    {
        var table = _table;
        var found = 0;
        foreach (var request in requests)
        {
            found += table.Match(request.Host, request.Target).Route is null ? 0 : 1;
        }

        return found;
    }
}
