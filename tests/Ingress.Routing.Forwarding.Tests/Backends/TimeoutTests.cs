using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests.Backends;

/// <summary>How long a backend may take before it counts as failed.</summary>
public sealed class TimeoutTests
{
    private static readonly TaskCompletionSource s_never = new();

    [Fact]
    public async Task NoResponse_Is504()
    {
        await using var hanging = new RawBackend(static _ => s_never.Task);
        await using var proxy = await Site.StartAsync([hanging.Port], ("backend-read-timeout", "0.2"));

        Assert.Equal("504 504 Gateway Timeout: the backend took too long.\n", await proxy.GetAsync());
    }

    [Fact]
    public async Task NoResponseToABody_Is504()
    {
        await using var hanging = new RawBackend(static _ => s_never.Task);
        await using var proxy = await Site.StartAsync([hanging.Port], ("backend-read-timeout", "0.2"));

        Assert.Equal(504, await proxy.StatusAsync(HttpMethod.Post, new StringContent("body")));
    }

    [Theory]
    [InlineData("timeout", 200)]
    [InlineData("error", 504)]
    public async Task NoResponse_GoesOn_WhenTimeOutsDo(string conditions, int expected)
    {
        await using var hanging = new RawBackend(static _ => s_never.Task);
        await using var good = await Backend.StartAsync("good");
        await using var proxy = await Site.StartAsync(
            [hanging.Port, good.Port], ("backend-read-timeout", "0.2"), ("retry-on", conditions), ("load-balancing", "round-robin"));

        var answers = new[] { await proxy.StatusAsync(), await proxy.StatusAsync() };

        Assert.Equal([200, expected], answers.Order());
        Assert.Single(hanging.Requests);
    }

    [Fact]
    public async Task PiecesInTime_AreNotHurried_HoweverLongTheWhole()
    {
        await using var slow = new RawBackend(static async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\n");
            for (var i = 0; i < 12; i++)
            {
                await Task.Delay(300); // what is tested is time itself
                await connection.WriteAsync("x");
            }
        });
        await using var proxy = await Site.StartAsync([slow.Port], ("backend-read-timeout", "3"));

        Assert.Equal("200 xxxxxxxxxxxx", await proxy.GetAsync());
    }

    [Fact]
    public async Task BodyThatStops_BreaksTheResponseOff()
    {
        await using var stopping = new RawBackend(static async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nx");
            await s_never.Task;
        });
        await using var proxy = await Site.StartAsync([stopping.Port], ("backend-read-timeout", "0.3"));

        await Assert.ThrowsAsync<HttpRequestException>(() => proxy.GetAsync());
    }

    [Fact]
    public async Task BackendThatTakesNothing_Is504()
    {
        await using var deaf = new RawBackend(static _ => s_never.Task);
        await using var proxy = await Site.StartAsync([deaf.Port], ("backend-send-timeout", "0.3"), ("backend-read-timeout", "60"));

        Assert.Equal(504, await proxy.StatusAsync(HttpMethod.Post, new ByteArrayContent(new byte[20_000_000])));
    }

    [Fact]
    public async Task ClientThatUploadsSlowly_IsNoFaultOfTheBackend()
    {
        await using var backend = await Backend.StartAsync(static async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(await reader.ReadToEndAsync());
        });
        await using var proxy = await Site.StartAsync([backend.Port], ("backend-send-timeout", "1"), ("backend-read-timeout", "1"));

        using var request = Site.Request(HttpMethod.Post, content: new WritingContent(static async stream =>
        {
            foreach (var piece in new[] { "slow"u8.ToArray(), "ly"u8.ToArray() })
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
                await Task.Delay(1500); // what is tested is time itself
            }
        }));
        using var response = await proxy.Client.SendAsync(request).InTime();

        Assert.Equal("slowly", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task PolicyThatIsLongerThanTheOption_Holds()
    {
        await using var slow = new RawBackend(static async connection =>
        {
            await Task.Delay(800); // what is tested is time itself
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await using var proxy = await Proxy.StartAsync(
            Site.Of([slow.Port], ("backend-read-timeout", "30")), options => options.ActivityTimeout = TimeSpan.FromMilliseconds(200));

        Assert.Equal(200, await proxy.StatusAsync());
    }

    [Fact]
    public async Task TimesThatAPolicyLeavesOpen_AreThoseOfTheOptions()
    {
        await using var hanging = new RawBackend(static _ => s_never.Task);
        await using var proxy = await Proxy.StartAsync(
            Site.Of([hanging.Port], ("backend-connect-timeout", "5")), static options => options.ActivityTimeout = TimeSpan.FromMilliseconds(300));

        Assert.Equal(504, await proxy.StatusAsync());
    }

    [Theory]
    [InlineData("0.3", "30", 504)]
    [InlineData("30", "0.3", 200)]
    public async Task FirstByte_HasATimeOfItsOwn(string firstByte, string read, int expected)
    {
        await using var slow = new RawBackend(static async connection =>
        {
            await Task.Delay(1500); // what is tested is time itself
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await using var proxy = await Site.StartAsync([slow.Port], ("backend-first-byte-timeout", firstByte), ("backend-read-timeout", read));

        Assert.Equal(expected, await proxy.StatusAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Total_EndsARequestThatIsNotAnswered(bool byAnnotation)
    {
        await using var hanging = new RawBackend(static _ => s_never.Task);
        await using var other = new RawBackend(static _ => s_never.Task);
        await using var proxy = await StartWithTotalAsync([hanging.Port, other.Port], byAnnotation, ("retry-on", "timeout"));

        Assert.Equal(504, await proxy.StatusAsync());

        Assert.Single(hanging.Requests.Concat(other.Requests)); // no time for another one
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Total_BreaksOffAResponseWhosePiecesComeInTime(bool byAnnotation)
    {
        await using var trickling = new RawBackend(static async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (true)
            {
                await connection.WriteAsync("x");
                await Task.Delay(20); // what is tested is time itself
            }
        });
        await using var proxy = await StartWithTotalAsync([trickling.Port], byAnnotation);

        await Assert.ThrowsAsync<HttpRequestException>(() => proxy.GetAsync());
    }

    [Fact]
    public async Task Total_EndsAResponseThatTheClientDoesNotTake()
    {
        await using var flooding = await Backend.StartAsync(static async context =>
        {
            var piece = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            }
        });
        await using var proxy = await Proxy.StartAsync(Site.Of([flooding.Port], ("backend-total-timeout", "1")));
        using var client = await proxy.ConnectAsync();
        await client.Connection.WriteAsync("GET /app HTTP/1.1\r\nHost: shop.test\r\n\r\n");

        // It reads nothing, and its connection ends all the same: what is still in the buffers comes, and then a reset or an end.
        await Task.Delay(3000); // what is tested is time itself
        await client.Connection.ReadToEndAsync().InTime();
    }

    [Fact]
    public async Task WebSocket_GoesOn_WhenTheTotalTimeIsOver()
    {
        await using var backend = await Backend.StartAsync(
            static app =>
            {
                app.UseWebSockets();
                app.Run(static async context =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    var buffer = new byte[16];
                    while (true)
                    {
                        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
                        await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Binary, true, CancellationToken.None);
                    }
                });
            },
            static listen => listen.Protocols = HttpProtocols.Http1);
        await using var proxy = await Site.StartAsync([backend.Port], ("backend-total-timeout", "1"));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "shop.test");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{proxy.Http1.Port}/app"), CancellationToken.None).InTime();

        await Task.Delay(1500); // what is tested is time itself
        await socket.SendAsync(new byte[1], WebSocketMessageType.Binary, true, CancellationToken.None);

        Assert.Equal(1, (await socket.ReceiveAsync(new byte[16], CancellationToken.None).InTime()).Count);
    }

    [Fact]
    public async Task WebSocket_EndsWhenNothingComesEitherWay_AndNotBefore()
    {
        await using var backend = await Backend.StartAsync(
            static app =>
            {
                app.UseWebSockets();
                app.Run(static async context =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    var buffer = new byte[16];
                    while (true)
                    {
                        await socket.ReceiveAsync(buffer, CancellationToken.None);
                    }
                });
            },
            static listen => listen.Protocols = HttpProtocols.Http1);
        await using var proxy = await Site.StartAsync([backend.Port], ("backend-read-timeout", "3"));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "shop.test");
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{proxy.Http1.Port}/app"), CancellationToken.None).InTime();

        for (var i = 0; i < 12; i++)
        {
            await Task.Delay(300); // what is tested is time itself
            await socket.SendAsync(new byte[1], WebSocketMessageType.Binary, true, CancellationToken.None);
        }

        Assert.Equal(WebSocketState.Open, socket.State);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(new byte[1], CancellationToken.None).InTime());
    }

    private static Task<Proxy> StartWithTotalAsync(int[] ports, bool byAnnotation, params (string, string)[] annotations) => Proxy.StartAsync(
        Site.Of(ports, byAnnotation ? [.. annotations, ("backend-total-timeout", "0.5")] : annotations),
        options => options.RequestTimeout = byAnnotation ? null : TimeSpan.FromMilliseconds(500));
}
