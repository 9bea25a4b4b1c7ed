namespace Ingress.Routing.Gateway.Tests;

/// <summary>Waits for what has no event.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<bool> condition, string what)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 3000, $"It did not come: {what}.");
            await Task.Delay(10);
        }
    }
}
