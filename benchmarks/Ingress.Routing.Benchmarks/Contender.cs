using System.Diagnostics;

namespace Ingress.Routing.Benchmarks;

/// <summary>Something to measure side by side with others: interleaved rounds in one process, of which the median counts.</summary>
/// <param name="Name">The name.</param>
/// <param name="Run">One round; returns a number, so that nothing can be optimised away.</param>
internal sealed record Contender(string Name, Func<int> Run)
{
    /// <summary>Nanoseconds for each operation of each contender: the median of the rounds, and the best, which other work on the machine spoils least.</summary>
    /// <param name="operations">The operations of one round.</param>
    public static Timing[] Measure(int rounds, int operations, params Contender[] contenders)
    {
        foreach (var contender in contenders)
        {
            WarmUp(contender);
        }

        var times = Array.ConvertAll(contenders, _ => new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                contenders[i].Run();
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
            }
        }

        return Array.ConvertAll(times, static values => new Timing(Median(values), values.Min()));
    }

    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    // Long enough for the tiered compiler to be done.
    private static void WarmUp(Contender contender)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 3 || Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(400); i++)
        {
            contender.Run();
        }
    }
}

/// <summary>Nanoseconds for one operation.</summary>
internal readonly record struct Timing(double Median, double Best);
