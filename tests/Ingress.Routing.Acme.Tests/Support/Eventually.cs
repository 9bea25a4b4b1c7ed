using System.Diagnostics;

namespace Ingress.Routing.Acme.Tests.Support;

/// <summary>Waits for what another thread or process brings about, and says what is so when it does not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition, Func<string>? state = null) => TrueAsync(() => Task.FromResult(condition()), state);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string>? state = null)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > s_limit)
            {
                Assert.Fail($"It did not come about. {state?.Invoke()}");
            }

            await Task.Delay(20);
        }
    }
}
