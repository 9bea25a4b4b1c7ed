namespace Ingress.Routing.AspNetCore;

/// <summary>Keeps what limiters have counted for as long as an Ingress has the same limit, whatever else changes about it.</summary>
/// <typeparam name="TLimit">The limit, compared by value.</typeparam>
/// <typeparam name="TLimiter">What counts. Its routes keep it alive, so that it goes with the last of them.</typeparam>
/// <param name="create">Makes a limiter.</param>
internal sealed class LimiterStore<TLimit, TLimiter>(Func<TLimit, TLimiter> create)
    where TLimit : notnull
    where TLimiter : class
{
    private const int FirstSweep = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<(NamespacedName? Ingress, TLimit Limit), WeakReference<TLimiter>> _limiters = [];
    private int _sweepAt = FirstSweep;

    /// <summary>The limiter of an Ingress.</summary>
    /// <param name="ingress">The Ingress; null for the configured default backend.</param>
    /// <param name="limit">Its limit.</param>
    public TLimiter Get(NamespacedName? ingress, TLimit limit)
    {
        lock (_lock)
        {
            if (_limiters.TryGetValue((ingress, limit), out var known) && known.TryGetTarget(out var limiter))
            {
                return limiter;
            }

            if (_limiters.Count >= _sweepAt)
            {
                Sweep();
            }

            limiter = create(limit);
            _limiters[(ingress, limit)] = new(limiter);
            return limiter;
        }
    }

    private void Sweep()
    {
        foreach (var (key, reference) in _limiters)
        {
            if (!reference.TryGetTarget(out _))
            {
                _limiters.Remove(key);
            }
        }

        _sweepAt = Math.Max(FirstSweep, 2 * _limiters.Count);
    }
}
