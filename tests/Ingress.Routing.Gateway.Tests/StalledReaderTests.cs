using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>A process whose standard error is a pipe that nobody reads.</summary>
public sealed class StalledReaderTests : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _home = new();

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [FactWithSignals]
    public async Task Verbose_NobodyReadsTheLog_RequestsAreAnsweredAndDroppedLinesCounted()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        await using var backend = await TestBackend.StartAsync(static context => context.Response.WriteAsync("fine"));
        using var gateway = await GatewayProcess.StartAsync(
            _home.Path, "--manifests", _folder.Path, "--admin", "127.0.0.1:0", "--backend", $"shop/web:80={backend.Address}", "--verbose");
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Host = "shop.example.com";

        // Each writes more than four kilobytes; a megabyte may wait.
        var url = new Uri($"http://{gateway.Http}/{new string('x', 4_000)}");
        for (var i = 0; i < 600; i++)
        {
            Assert.Equal("fine", await client.GetStringAsync(url));
        }

        var metrics = (await RawHttp.GetAsync(gateway.Admin, "x", "/metrics")).Body.Split('\n');
        var dropped = metrics.Single(static line => line.StartsWith("ingress_routing_output_dropped_total{", StringComparison.Ordinal)
            && line.Contains("stderr", StringComparison.Ordinal));
        Assert.DoesNotMatch(" 0$", dropped);
        await gateway.SignalAsync(GatewayProcess.Terminate);
        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }
}
