using System.Collections.Concurrent;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Lets ten entries of a kind through at once, and one a second after that; counts the others.</summary>
/// <remarks>
/// A kind is an event of a category, of which there are a few hundred, with its cause: the Service or route that it is about. Causes beyond a bound
/// are told apart no longer. Thread-safe.
/// </remarks>
internal sealed class LogThrottle(TimeProvider time)
{
    private const int Burst = 10;
    private const int MostKinds = 2_000;

    private readonly ConcurrentDictionary<(string Category, int Id, string? Name, string Cause), Kind> _kinds = new();
    private long _suppressed;

    /// <summary>How many entries were not let through.</summary>
    public long Suppressed => Interlocked.Read(ref _suppressed);

    /// <summary>Asks whether an entry may be written.</summary>
    /// <param name="category">Its category.</param>
    /// <param name="id">Its event.</param>
    /// <param name="cause">What it is about; nothing that strangers write.</param>
    /// <param name="suppressed">How many of its kind were not let through since the last one that was.</param>
    public bool TryPass(string category, EventId id, string cause, out long suppressed)
    {
        var kind = _kinds.GetOrAdd((category, id.Id, id.Name, _kinds.Count < MostKinds ? cause : ""), static (_, now) => new Kind(now), time.GetTimestamp());
        lock (kind)
        {
            var now = time.GetTimestamp();
            kind.Tokens = Math.Min(Burst, kind.Tokens + time.GetElapsedTime(kind.At, now).TotalSeconds);
            kind.At = now;
            suppressed = kind.Suppressed;
            if (kind.Tokens < 1)
            {
                kind.Suppressed++;
                Interlocked.Increment(ref _suppressed);
                return false;
            }

            kind.Tokens--;
            kind.Suppressed = 0;
            return true;
        }
    }

    private sealed class Kind(long now)
    {
        public double Tokens { get; set; } = Burst;

        public long At { get; set; } = now;

        public long Suppressed { get; set; }
    }
}
