using Ingress.Routing.DataPlane.Steady;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>The short form of the command <c>changes</c> in <c>benchmarks/Ingress.Routing.DataPlane</c>.</summary>
public sealed class SteadyLoadTests : IDisposable
{
    private const int Changes = 150;

    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _home = new();

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Changes_UnderLoadOfAllKinds_LoseNothing()
    {
        await using var first = await EchoBackend.StartAsync(0);
        await using var second = await EchoBackend.StartAsync(1);
        var world = new World(_folder.Path, [first, second]);
        using var gateway = await GatewayProcess.StartAsync(
            _home.Path, "--manifests", _folder.Path, "--https", "127.0.0.1:0", "--generation-header");
        await using var run = await SteadyRun.StartAsync(
            world, [first, second], gateway.Http.Port, gateway.Https.Port, TimeSpan.FromMilliseconds(50));

        for (var i = 0; i < Changes; i++)
        {
            await run.Changer.NextAsync();
        }

        await run.EndAsync();
        Assert.Empty(run.Losses.Describe());
        Assert.True(run.Replies > Changes);
        Assert.Equal(Changes, run.Changer.Written.Count + run.Changer.Removed.Count);

        // What waited for the files to be quiet would take three times as long even on an idle machine.
        var median = run.Changer.Written.Order().ElementAt(run.Changer.Written.Count / 2);
        Assert.InRange(median, 0, 1000);
    }
}
