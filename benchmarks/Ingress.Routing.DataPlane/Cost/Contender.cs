using System.Diagnostics;
using Ingress.Routing.DataPlane.Load;
using Ingress.Routing.DataPlane.Peers;

namespace Ingress.Routing.DataPlane.Cost;

/// <summary>One server of a comparison, and what its rounds have shown.</summary>
internal sealed class Contender(ServerProcess process, Requests requests, int connections) : IDisposable
{
    private const int WarmUpRequests = 100_000;

    private static readonly TimeSpan s_longestWarmUp = TimeSpan.FromSeconds(25);

    private readonly List<LoadResult> _results = [];
    private readonly List<double> _costs = [];

    public ServerProcess Process { get; } = process;

    public string Name => Process.Name;

    public LoadGenerator Load { get; } = new(process.Port, requests, connections);

    /// <summary>Processor time of the server for each request, in microseconds, by round.</summary>
    public IReadOnlyList<double> Costs => _costs;

    public double Cost => Figures.Median(_costs);

    public double P50 => Figures.Median(_results.Select(static result => result.P50));

    public double P99 => Figures.Median(_results.Select(static result => result.P99));

    public double PerSecond => Figures.Median(_results.Select(static result => result.PerSecond));

    public long Failures => _results.Sum(static result => result.Failures);

    /// <summary>Runs one round.</summary>
    public void Measure(Func<LoadGenerator, LoadResult> round)
    {
        var before = Process.ProcessorMicroseconds;
        var result = round(Load);
        _costs.Add((Process.ProcessorMicroseconds - before) / result.Requests);
        _results.Add(result);
    }

    /// <summary>Sends requests until the compiler of the runtime has most likely done its work, as after some minutes of traffic.</summary>
    public void WarmUp()
    {
        var answered = 0L;
        for (var start = Stopwatch.GetTimestamp(); answered < WarmUpRequests && Stopwatch.GetElapsedTime(start) < s_longestWarmUp;)
        {
            answered += Load.Saturate(TimeSpan.FromSeconds(1)).Requests;
        }
    }

    public void Dispose() => Process.Dispose();
}
