namespace Ingress.Routing.AspNetCore;

/// <summary>Keeps what limiters have counted for as long as an Ingress has the same limit, whatever else changes about it.</summary>
/// <typeparam name="TLimit">The limit, compared by value.</typeparam>
/// <typeparam name="TLimiter">What counts.</typeparam>
/// <param name="create">Makes a limiter.</param>
/// <param name="isIdle">Whether a limiter has counted nothing that a new one would not say as well.</param>
/// <remarks>
/// A limiter is kept while it has something counted, because between two tables no route may hold it. One that is idle is kept alive by its
/// routes alone, and goes with the last of them.
/// </remarks>
internal sealed class LimiterStore<TLimit, TLimiter>(Func<TLimit, TLimiter> create, Func<TLimiter, bool> isIdle)
    where TLimit : notnull
    where TLimiter : class
{
    private const int FirstSweep = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<(NamespacedName? Ingress, TLimit Limit), Entry> _limiters = [];
    private int _sweepAt = FirstSweep;

    /// <summary>How many limiters there are, or were at the last sweep.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _limiters.Count;
            }
        }
    }

    /// <summary>The limiter of an Ingress.</summary>
    /// <param name="ingress">The Ingress; null for the configured default backend.</param>
    /// <param name="limit">Its limit.</param>
    public TLimiter Get(NamespacedName? ingress, TLimit limit)
    {
        lock (_lock)
        {
            if (_limiters.TryGetValue((ingress, limit), out var entry) && entry.Find() is { } known)
            {
                return known;
            }

            if (_limiters.Count >= _sweepAt)
            {
                Sweep();
            }

            var limiter = create(limit);
            _limiters[(ingress, limit)] = new(limiter);
            return limiter;
        }
    }

    private void Sweep()
    {
        foreach (var (key, entry) in _limiters)
        {
            if (!entry.IsNeeded(isIdle))
            {
                _limiters.Remove(key);
            }
        }

        _sweepAt = Math.Max(FirstSweep, 2 * _limiters.Count);
    }

    private sealed class Entry(TLimiter limiter)
    {
        private readonly WeakReference<TLimiter> _weak = new(limiter);
        private TLimiter? _counting = limiter;

        public TLimiter? Find() => _weak.TryGetTarget(out var limiter) ? _counting = limiter : null;

        public bool IsNeeded(Func<TLimiter, bool> isIdle)
        {
            if (_weak.TryGetTarget(out var limiter))
            {
                _counting = isIdle(limiter) ? null : limiter;
                return true;
            }

            return false;
        }
    }
}
