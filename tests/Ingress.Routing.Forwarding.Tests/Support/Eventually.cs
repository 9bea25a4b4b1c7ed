using System.Diagnostics;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>Waits for what another thread does, and gives up in the end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    public static async Task Holds(Func<bool> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < s_deadline, $"In vain: {what}.");
            await Task.Delay(5);
        }
    }

    /// <summary>Does something again and again until it is true of what came of it.</summary>
    public static async Task Holds(Func<Task<bool>> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < s_deadline, $"In vain: {what}.");
        }
    }

    /// <summary>Waits until a counter has stood still for half a second.</summary>
    public static async Task<long> Settles(Func<long> counter)
    {
        var still = Stopwatch.StartNew();
        var last = counter();
        while (still.ElapsedMilliseconds < 500)
        {
            await Task.Delay(10);
            if (counter() is var now && now != last)
            {
                last = now;
                still.Restart();
            }
        }

        return last;
    }

    public static Task InTime(this Task task) => task.WaitAsync(s_deadline);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(s_deadline);
}
