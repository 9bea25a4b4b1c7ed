using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

public sealed class WebSocketTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1, HttpProtocols.Http1, null)]
    [InlineData(HttpProtocols.Http1, HttpProtocols.Http1, "kubernetes.io/ws")]
    [InlineData(HttpProtocols.Http1, HttpProtocols.Http2, "kubernetes.io/h2c")]
    [InlineData(HttpProtocols.Http2, HttpProtocols.Http1, null)]
    [InlineData(HttpProtocols.Http2, HttpProtocols.Http2, "kubernetes.io/h2c")]
    public async Task Messages_AreEchoedUntilBothHaveClosed(HttpProtocols client, HttpProtocols server, string? appProtocol)
    {
        await using var backend = await Backend.StartAsync(
            app =>
            {
                app.UseWebSockets();
                app.Run(EchoAsync);
            },
            listen => listen.Protocols = server);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(appProtocol, backend.Port));
        using var socket = new ClientWebSocket();
        using var handler = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        socket.Options.HttpVersion = client == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var address = client == HttpProtocols.Http2 ? proxy.Http2 : proxy.Http1;

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{address.Port}/chat%2Froom?x"), handler, CancellationToken.None).InTime();
        Assert.Equal("target /chat%2Froom?x", await ReceiveAsync(socket).InTime());
        foreach (var text in (string[])["one", "two", "three"])
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None).InTime();
            Assert.Equal(text, await ReceiveAsync(socket).InTime());
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None).InTime();

        Assert.Equal(WebSocketState.Closed, socket.State);
        Assert.Equal("bye", socket.CloseStatusDescription);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        await socket.SendAsync(Encoding.UTF8.GetBytes("target " + target), WebSocketMessageType.Text, true, context.RequestAborted);

        var buffer = new byte[1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(received.CloseStatus!.Value, received.CloseStatusDescription, context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        }
    }

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
