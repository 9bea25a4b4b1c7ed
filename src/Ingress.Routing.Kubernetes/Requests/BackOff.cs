namespace Ingress.Routing.Kubernetes.Requests;

/// <summary>Leaves a server alone that cannot answer: a second, then twice as long each time, up to half a minute. Thread-safe.</summary>
internal sealed class BackOff(TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private TimeSpan _length;
    private long _since;

    /// <summary>Notes a failure.</summary>
    /// <param name="atLeast">How long the server asks to wait.</param>
    /// <returns>Whether it is a new one; not when it is of a request that was under way already at the last one.</returns>
    public bool Fail(TimeSpan? atLeast)
    {
        lock (_lock)
        {
            if (_length > TimeSpan.Zero && time.GetElapsedTime(_since) < _length)
            {
                return false;
            }

            var next = _length < s_shortest ? s_shortest : _length * 2;
            next = atLeast > next ? atLeast.Value : next;
            _length = next < Longest ? next : Longest;
            _since = time.GetTimestamp();
            return true;
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _length = TimeSpan.Zero;
        }
    }

    /// <summary>Waits until the server may be asked again.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan rest;
        lock (_lock)
        {
            rest = _length - time.GetElapsedTime(_since);
        }

        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest * (1 + (0.2 * Random.Shared.NextDouble())), time, cancellationToken).ConfigureAwait(false);
        }
    }
}
