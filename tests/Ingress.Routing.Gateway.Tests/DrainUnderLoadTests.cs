using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>A process that is told to stop while clients are busy with it.</summary>
public sealed class DrainUnderLoadTests : IAsyncLifetime, IDisposable
{
    private const string Host = "shop.example.com";
    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _home = new();
    private readonly TaskCompletionSource _downloading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestBackend _backend = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _backend = await TestBackend.StartAsync(async context =>
        {
            context.Response.ContentLength = 4;
            if (context.Request.Path == "/download")
            {
                await context.Response.WriteAsync("fi");
                _downloading.TrySetResult();
                await _release.Task;
                await context.Response.WriteAsync("ne");
                return;
            }

            await context.Response.WriteAsync("fine");
        });
    }

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _backend.DisposeAsync();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [FactWithSignals]
    public async Task Terminate_ClientsOfAllKinds_NoRequestIsLost()
    {
        using var gateway = await StartAsync("--shutdown-delay", "3");
        var load = new DrainLoad(gateway.Http, Host);
        var download = RawHttp.SendAsync(gateway.Http, $"GET /download HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");
        List<Task> clients =
        [
            .. Enumerable.Range(0, 6).Select(_ => load.KeepAliveAsync(TimeSpan.Zero)),
            .. Enumerable.Range(0, 6).Select(number => load.KeepAliveAsync(TimeSpan.FromMilliseconds(40 * number))),
            .. Enumerable.Range(0, 2).Select(_ => load.NewConnectionsAsync()),
            .. Enumerable.Range(0, 3).Select(_ => load.Http2Async()),
        ];
        await load.Warm.WaitAsync(TimeSpan.FromSeconds(30));
        await _downloading.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await gateway.SignalAsync(GatewayProcess.Terminate);
        await gateway.WaitUntilStoppingAsync();
        var probe = await RawHttp.GetAsync(gateway.Admin, "x", "/readyz");
        Assert.Equal((503, "shutting down\n"), (probe.Status, probe.Body));
        var before = load.Sent;
        await Task.Delay(TimeSpan.FromMilliseconds(500)); // the load balancer notices late
        load.TakeOut();
        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Empty(load.Lost);
        Assert.True(load.Sent > before, "Nothing was sent after the signal.");

        // The listeners of clients are closed by now or soon, and this one answers as long as one of them is served.
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(200, (await RawHttp.GetAsync(gateway.Admin, "x", "/healthz")).Status);
        Assert.Equal(503, (await RawHttp.GetAsync(gateway.Admin, "x", "/readyz")).Status);
        _release.SetResult();
        Assert.Equal("fine", (await download).Body);
        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    // Without a delay nobody new is served, but who is there is asked to leave, not cut off.
    [FactWithSignals]
    public async Task Terminate_WithoutDelay_NoKeptConnectionLosesARequest()
    {
        using var gateway = await StartAsync();
        var load = new DrainLoad(gateway.Http, Host);
        Task[] clients =
        [
            .. Enumerable.Range(0, 8).Select(_ => load.KeepAliveAsync(TimeSpan.Zero)),
            .. Enumerable.Range(0, 8).Select(number => load.KeepAliveAsync(TimeSpan.FromMilliseconds(20 * number))),
        ];
        await load.Warm.WaitAsync(TimeSpan.FromSeconds(30));

        load.TakeOut();
        await gateway.SignalAsync(GatewayProcess.Terminate);
        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Empty(load.Lost);
        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    [FactWithSignals]
    public async Task Terminate_RequestThatTakesTooLong_IsCutOffAfterTheTimeOut()
    {
        using var gateway = await StartAsync("--drain-timeout", "1");
        var download = RawHttp.SendAsync(gateway.Http, $"GET /download HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n");
        await _downloading.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await gateway.SignalAsync(GatewayProcess.Terminate);

        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        await Assert.ThrowsAnyAsync<Exception>(async () => Assert.Equal("fine", (await download).Body));
    }

    private Task<GatewayProcess> StartAsync(params string[] args) => GatewayProcess.StartAsync(
        _home.Path, ["--manifests", _folder.Path, "--backend", $"shop/web:80={_backend.Address}", "--admin", "127.0.0.1:0", .. args]);
}
