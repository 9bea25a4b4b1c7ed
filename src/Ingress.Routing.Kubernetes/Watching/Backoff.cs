namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>How long to wait after failures (K5): doubling, with full jitter, so that many of us do not come at the same time. Not thread-safe.</summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(100);

    /// <summary>The failures since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>How long to wait after one more failure.</summary>
    /// <param name="most">What it grows to.</param>
    public TimeSpan Next(TimeSpan most)
    {
        var longest = Math.Min(s_first.TotalSeconds * Math.Pow(2, Math.Min(Failures++, 20)), most.TotalSeconds);
        var wait = TimeSpan.FromSeconds(longest * random.NextDouble());
        return wait > s_least ? wait : s_least;
    }

    /// <summary>As <see cref="Next"/>, but the first failure after a success costs nothing: a connection may just have been due to end.</summary>
    public TimeSpan NextAfterFirst(TimeSpan most)
    {
        if (Failures > 0)
        {
            return Next(most);
        }

        Failures++;
        return TimeSpan.Zero;
    }

    public void Reset() => Failures = 0;
}
