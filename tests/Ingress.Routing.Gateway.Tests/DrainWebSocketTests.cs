using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.Gateway.Tests;

public sealed class DrainWebSocketTests : IAsyncLifetime, IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _home = new();
    private readonly TaskCompletionSource<WebSocketCloseStatus?> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestBackend _backend = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _backend = await TestBackend.StartAsync(EchoAsync);
    }

    public async Task DisposeAsync() => await _backend.DisposeAsync();

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [FactWithSignals]
    public async Task Terminate_OpenWebSocket_IsServedDuringTheDelayAndClosedAfterIt()
    {
        using var gateway = await GatewayProcess.StartAsync(
            _home.Path, "--manifests", _folder.Path, "--backend", $"shop/web:80={_backend.Address}", "--shutdown-delay", "2");
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "shop.example.com");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await socket.ConnectAsync(new Uri($"ws://{gateway.Http}/"), deadline.Token);
        Assert.Equal("before", await AskAsync(socket, "before", deadline.Token));

        await gateway.SignalAsync(GatewayProcess.Terminate);
        await gateway.WaitUntilStoppingAsync();
        Assert.Equal("after", await AskAsync(socket, "after", deadline.Token));

        var closed = await socket.ReceiveAsync(new byte[100], deadline.Token);
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (closed.MessageType, closed.CloseStatus));
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await _told.Task.WaitAsync(deadline.Token));
        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(20))); // before the time-out of 30 seconds
    }

    private static async Task<string> AskAsync(ClientWebSocket socket, string text, CancellationToken cancellationToken)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellationToken);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    // Without the middleware for WebSockets, which the server of these tests has not.
    private async Task EchoAsync(HttpContext context)
    {
        const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
#pragma warning disable CA5350 // what the protocol wants
        context.Response.Headers["Sec-WebSocket-Accept"] = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(context.Request.Headers["Sec-WebSocket-Key"] + Guid)));
#pragma warning restore CA5350
        await using var stream = await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        var buffer = new byte[100];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                _told.TrySetResult(received.CloseStatus);
                await socket.CloseAsync(received.CloseStatus!.Value, "", context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, true, context.RequestAborted);
        }
    }
}
