using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace Ingress.Routing.Benchmarks;

/// <summary>Matching on one core while another publishes a thousand generations a second.</summary>
public class PublishBenchmarks
{
    private const int Hosts = 10_000;
    private const int Paths = 5;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(1);

    private readonly IngressRouter _router = new();
    private Requests? _requests;
    private Fleet? _fleet;
    private Thread? _publisher;
    private volatile bool _isStopping;

    [GlobalSetup(Target = nameof(WithoutChanges))]
    public void Setup()
    {
        _fleet = new Fleet(Hosts, Paths);
        _requests = Requests.Mixed(_fleet);
        _router.Publish(IngressRouteTable.Compile(_fleet.Snapshot));
    }

    [GlobalSetup(Target = nameof(WithChanges))]
    public void SetupPublisher()
    {
        Setup();
        _publisher = new Thread(Publish) { IsBackground = true };
        _publisher.Start();
    }

    [GlobalCleanup]
    public void Stop()
    {
        _isStopping = true;
        _publisher?.Join();
    }

    /// <summary>The lower bound: nobody publishes.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Requests.Count)]
    public int WithoutChanges() => MatchAll();

    [Benchmark(OperationsPerInvoke = Requests.Count)]
    public int WithChanges() => MatchAll();

    private int MatchAll()
    {
        var found = 0;
        for (var i = 0; i < Requests.Count; i++)
        {
            found += _router.Current.Match(_requests!.Hosts[i], _requests.Targets[i]).Route is null ? 0 : 1;
        }

        return found;
    }

    private void Publish()
    {
        var table = _router.Current;
        for (var i = 0; !_isStopping; i++)
        {
            var start = Stopwatch.GetTimestamp();
            table = table.Apply(new() { Upserted = [Fleet.Changed(_fleet!.Snapshot.Ingresses[i % Hosts], i)] });
            _router.Publish(table);
            while (Stopwatch.GetElapsedTime(start) < s_interval && !_isStopping)
            {
                Thread.Yield();
            }
        }
    }
}
