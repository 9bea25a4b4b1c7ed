using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Gateway.Tests;

public sealed class DrainTests : IAsyncLifetime, IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _home = new();
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestBackend _backend = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _backend = await TestBackend.StartAsync(async context =>
        {
            _arrived.TrySetResult();
            await _release.Task;
            await context.Response.WriteAsync("finished");
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
    public async Task Terminate_RequestInFlight_FinishesAndNoNewOneBegins()
    {
        using var gateway = await StartAsync();
        var inFlight = RawHttp.GetAsync(gateway.Http, "shop.example.com", "/slow");
        await _arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await gateway.SignalAsync(GatewayProcess.Terminate);
        await gateway.WaitUntilStoppingAsync();
        await WaitUntilRefusedAsync(gateway);
        _release.SetResult();

        var response = await inFlight;
        Assert.Equal((200, "finished"), (response.Status, response.Body));
        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    [FactWithSignals]
    public async Task Interrupt_IdleConnection_DoesNotHoldTheExitUp()
    {
        using var gateway = await StartAsync();
        using var idle = new TcpClient();
        await idle.ConnectAsync(gateway.Http);

        await gateway.SignalAsync(GatewayProcess.Interrupt);

        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_home.Path)); // no keys of data protection
    }

    [FactWithSignals]
    public async Task Terminate_HalfARequest_DoesNotHoldTheExitUp()
    {
        _release.SetResult();
        using var gateway = await StartAsync();
        using var fresh = new TcpClient();
        using var used = new TcpClient();
        await fresh.ConnectAsync(gateway.Http);
        await fresh.GetStream().WriteAsync("GET / HTTP/1.1\r\nHo"u8.ToArray());
        await used.ConnectAsync(gateway.Http);
        await used.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: shop.example.com\r\n\r\nGET / HTTP"u8.ToArray());
        Assert.NotEqual(0, await used.GetStream().ReadAsync(new byte[1])); // both have been accepted by now

        await gateway.SignalAsync(GatewayProcess.Terminate);

        // Kestrel alone waits for 30 seconds.
        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(20)));
    }

    [FactWithSignals]
    public async Task Interrupt_Twice_EndsAtOnce()
    {
        using var gateway = await StartAsync();
        var inFlight = RawHttp.GetAsync(gateway.Http, "shop.example.com", "/slow");
        await _arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await gateway.SignalAsync(GatewayProcess.Interrupt);
        await gateway.WaitUntilStoppingAsync();
        await gateway.SignalAsync(GatewayProcess.Interrupt);

        Assert.NotEqual(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        await Assert.ThrowsAnyAsync<Exception>(() => inFlight);
    }

    private static async Task WaitUntilRefusedAsync(GatewayProcess gateway)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(gateway.Http, deadline.Token);
            }
            catch (SocketException)
            {
                return;
            }

            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    private Task<GatewayProcess> StartAsync() => GatewayProcess.StartAsync(
        _home.Path, "--manifests", _folder.Path, "--backend", $"shop/web:80={_backend.Address}");
}
