namespace Ingress.Routing.Kubernetes.Requests;

/// <summary>Spaces requests out, evenly. Thread-safe.</summary>
/// <param name="interval">The least time between two.</param>
internal sealed class Pacer(TimeProvider time, TimeSpan interval)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits for the next turn.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var turn = _next > now && _next - now <= interval * 1000 ? _next : now; // a clock that was set back must not stop anything
            _next = turn + interval;
            wait = turn - now;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
