namespace Ingress.Routing.DataPlane.Steady;

/// <summary>How long requests took, in milliseconds, since they were last asked for. Thread-safe.</summary>
internal sealed class Latencies
{
    private readonly Lock _gate = new();
    private List<double> _taken = [];

    public void Add(TimeSpan latency)
    {
        lock (_gate)
        {
            _taken.Add(latency.TotalMilliseconds);
        }
    }

    /// <summary>Takes all that were added since the last call.</summary>
    public IReadOnlyList<double> Take()
    {
        lock (_gate)
        {
            var taken = _taken;
            _taken = new(taken.Count);
            return taken;
        }
    }
}
