namespace Ingress.Routing.Manifests;

/// <summary>Calls once, after a while, unless it is disposed before.</summary>
internal sealed class DueTimer : IDisposable
{
    private readonly ITimer? _timer;

    /// <param name="time">The clock.</param>
    /// <param name="after">After what time; null never calls.</param>
    /// <param name="onDue">Called by another thread.</param>
    public DueTimer(TimeProvider time, TimeSpan? after, Action onDue)
        => _timer = after is { } rest
            ? time.CreateTimer(_ => onDue(), null, rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Timeout.InfiniteTimeSpan)
            : null;

    public void Dispose() => _timer?.Dispose();
}
