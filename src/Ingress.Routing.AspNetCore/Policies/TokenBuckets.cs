using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore;

/// <summary>The buckets of one rate limit: for each window and client the time at which its bucket is full again (GCRA). Thread-safe.</summary>
/// <remarks>
/// A client whose bucket is full is forgotten, so only clients that were active in the last moments take memory, 24 bytes and a little each.
/// There is an upper bound: clients beyond it share one bucket, so that a flood of invented clients is limited like a single one. The
/// platform's partitioned limiter has no bound, and counts by a timer, so no test could move its clock.
/// </remarks>
internal sealed class TokenBuckets
{
    /// <summary>How many clients have a bucket of their own at the same time.</summary>
    public const int Capacity = 65_536;

    private const int FirstSweep = 1024;

    // Seconds between two sweeps when the buckets are used up, so that an attacker cannot make every request pay for one.
    private static readonly long s_sweepPause = TimeSpan.TicksPerSecond;

    private readonly Lock _lock = new();
    private readonly Window[] _windows;
    private readonly TimeProvider _time;
    private readonly long _start;

    public TokenBuckets(RateLimit limit, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _windows = [.. limit.Windows.Select(static window => new Window(window))];
    }

    /// <summary>How many buckets are not full, or were not at the last sweep.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _windows.Sum(static window => window.Count);
            }
        }
    }

    /// <summary>Whether all buckets are full, so that nothing is lost with this object.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                var now = Now;
                return _windows.All(window => window.IsIdle(now));
            }
        }
    }

    private long Now => _time.GetElapsedTime(_start).Ticks;

    /// <summary>Takes a token out of each bucket of a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="wait">How long it takes until there is one in each; zero when there is.</param>
    /// <returns>Whether there was one in each. If not, nothing is taken, so asking too early does not make a client wait longer.</returns>
    public bool TryTake(UInt128 client, out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = Now;
            long early = 0;
            foreach (var window in _windows)
            {
                early = Math.Max(early, window.EarlyBy(client, now));
            }

            wait = TimeSpan.FromTicks(early);
            if (early > 0)
            {
                return false;
            }

            foreach (var window in _windows)
            {
                window.Take(client, now);
            }

            return true;
        }
    }

    private sealed class Window
    {
        private readonly Dictionary<UInt128, long> _fullAt = [];
        private readonly long _interval;
        private readonly long _tolerance;
        private long _sharedFullAt;
        private int _sweepAt = FirstSweep;
        private long _nextSweep;

        public Window(RateWindow window)
        {
            _interval = window.Period.Ticks / window.Requests;
            _tolerance = _interval * (window.Burst - 1);
        }

        public int Count => _fullAt.Count;

        public bool IsIdle(long now) => _sharedFullAt <= now && _fullAt.Values.All(fullAt => fullAt <= now);

        /// <summary>By how many ticks a request of a client comes too early; not positive when there is a token for it.</summary>
        public long EarlyBy(UInt128 client, long now) => Math.Max(BucketOf(client, now), now) - now - _tolerance;

        public void Take(UInt128 client, long now)
        {
            ref var fullAt = ref BucketOf(client, now);
            fullAt = Math.Max(fullAt, now) + _interval;
        }

        private ref long BucketOf(UInt128 client, long now)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(_fullAt, client);
            if (!Unsafe.IsNullRef(ref known))
            {
                return ref known;
            }

            if (_fullAt.Count >= _sweepAt && now >= _nextSweep)
            {
                Sweep(now);
            }

            if (_fullAt.Count >= Capacity)
            {
                return ref _sharedFullAt;
            }

            return ref CollectionsMarshal.GetValueRefOrAddDefault(_fullAt, client, out _);
        }

        private void Sweep(long now)
        {
            foreach (var (client, fullAt) in _fullAt)
            {
                if (fullAt <= now)
                {
                    _fullAt.Remove(client);
                }
            }

            _sweepAt = Math.Clamp(2 * _fullAt.Count, FirstSweep, Capacity);
            _nextSweep = _fullAt.Count >= Capacity / 2 ? now + s_sweepPause : now;
        }
    }
}
