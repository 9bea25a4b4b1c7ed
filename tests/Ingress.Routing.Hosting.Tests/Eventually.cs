using System.Diagnostics;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>Waits for what another thread does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<bool> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < s_deadline, $"In vain: {what}.");
            await Task.Delay(5);
        }
    }
}
