using System.Diagnostics;

namespace Ingress.Routing.Benchmarks.Handshakes;

/// <summary>Hands out server names to the threads of a client; null when there are no more.</summary>
internal static class Names
{
    /// <summary>One name after the other, from the start again when there are no more.</summary>
    public static Func<string?> Cycle(int first, int names, int count)
    {
        var index = -1;
        return () => Interlocked.Increment(ref index) is var next && next < count ? ServerNames.Name(first + (next % names)) : null;
    }

    /// <summary>At random, the same ones in each run, until the time is over.</summary>
    public static Func<string?> Drawn(int names, int seed, TimeSpan time)
    {
        var random = new Random(seed);
        var start = Stopwatch.GetTimestamp();
        return () =>
        {
            lock (random)
            {
                return Stopwatch.GetElapsedTime(start) < time ? ServerNames.Name(random.Next(names)) : null;
            }
        };
    }
}
