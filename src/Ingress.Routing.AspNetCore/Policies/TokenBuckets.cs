using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore;

/// <summary>The buckets of one rate limit: for each client the time at which its bucket is full again (GCRA). Thread-safe.</summary>
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
    private readonly Dictionary<UInt128, long> _fullAt = [];
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly long _interval;
    private readonly long _tolerance;
    private long _sharedFullAt;
    private int _sweepAt = FirstSweep;
    private long _nextSweep;

    public TokenBuckets(RateLimit limit, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _interval = limit.Period.Ticks / limit.Requests;
        _tolerance = _interval * (limit.Burst - 1);
    }

    /// <summary>How many clients have a bucket that is not full, or was not at the last sweep.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _fullAt.Count;
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
                return _sharedFullAt <= now && _fullAt.Values.All(fullAt => fullAt <= now);
            }
        }
    }

    private long Now => _time.GetElapsedTime(_start).Ticks;

    /// <summary>Takes a token out of the bucket of a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="wait">How long it takes until there is one; zero when there is.</param>
    /// <returns>Whether there was one. Without one nothing is taken, so asking too early does not make a client wait longer.</returns>
    public bool TryTake(UInt128 client, out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = Now;
            ref var fullAt = ref BucketOf(client, now);
            var from = Math.Max(fullAt, now);
            var early = from - now - _tolerance;
            if (early > 0)
            {
                wait = TimeSpan.FromTicks(early);
                return false;
            }

            fullAt = from + _interval;
            wait = TimeSpan.Zero;
            return true;
        }
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
