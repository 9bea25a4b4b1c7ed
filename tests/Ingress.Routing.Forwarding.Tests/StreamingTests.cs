using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

public sealed class StreamingTests
{
    private const long Large = 64 << 20;

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Response_ArrivesPieceByPiece(HttpProtocols protocols)
    {
        // The backend sends a piece only when the client has received the one before.
        var received = Channel.CreateUnbounded<bool>();
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                for (var i = 0; i < 5; i++)
                {
                    await context.Response.WriteAsync($"piece {i};");
                    await context.Response.Body.FlushAsync();
                    await received.Reader.ReadAsync(context.RequestAborted);
                }
            },
            protocols);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(AppProtocol(protocols), backend.Port));
        using var client = Client(proxy, protocols);
        using var response = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead).InTime();
        await using var body = await response.Content.ReadAsStreamAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal($"piece {i};", await ReadAsync(body, "piece 0;".Length).InTime());
            await received.Writer.WriteAsync(true);
        }

        Assert.Equal("", await ReadAsync(body, 1).InTime());
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Request_ArrivesPieceByPiece(HttpProtocols protocols)
    {
        // The client sends a piece only when the backend has received the one before.
        var received = Channel.CreateUnbounded<string>();
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                for (var i = 0; i < 5; i++)
                {
                    await received.Writer.WriteAsync(await ReadAsync(context.Request.Body, "piece 0;".Length));
                }
            },
            protocols);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(AppProtocol(protocols), backend.Port));
        using var client = Client(proxy, protocols);
        using var content = new WritingContent(async stream =>
        {
            for (var i = 0; i < 5; i++)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"piece {i};"));
                await stream.FlushAsync();
                Assert.Equal($"piece {i};", await received.Reader.ReadAsync().AsTask().InTime());
            }
        });

        using var response = await client.PostAsync("/", content).InTime();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task ClientThatGivesUp_CancelsTheRequestAtTheBackend(HttpProtocols protocols)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                using var registration = context.RequestAborted.Register(aborted.SetResult);
                arrived.SetResult();
                await aborted.Task;
            },
            protocols);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(AppProtocol(protocols), backend.Port));
        using var client = Client(proxy, protocols);
        using var giveUp = new CancellationTokenSource();
        var request = client.GetAsync("/", giveUp.Token);
        await arrived.Task.InTime();

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await aborted.Task.InTime();
    }

    [Fact]
    public async Task ClientThatGivesUpDuringTheResponse_CancelsItAtTheBackend()
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(async context =>
        {
            using var registration = context.RequestAborted.Register(aborted.SetResult);
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await aborted.Task;
        });
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using (var response = await proxy.Client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead).InTime())
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            Assert.Equal("first", await ReadAsync(body, 5).InTime());
        }

        await aborted.Task.InTime();
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task LargeRequest_WaitsForTheBackendInsteadOfBeingKept(HttpProtocols protocols)
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                await ReadAsync(context.Request.Body, 1);
                await goOn.Task;
                await context.Response.WriteAsync($"{1 + await DrainAsync(context.Request.Body)}");
            },
            protocols);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(AppProtocol(protocols), backend.Port));
        using var client = Client(proxy, protocols);
        long sent = 0;
        using var content = new WritingContent(stream => WriteLargeAsync(stream, count => Interlocked.Exchange(ref sent, count)));
        var request = client.PostAsync("/", content);

        var stuckAt = await Eventually.Settles(() => Interlocked.Read(ref sent));
        Assert.InRange(stuckAt, 0, Large - (16 << 20)); // The rest is in the buffers of the sockets.
        goOn.SetResult();

        using var response = await request.InTime();
        Assert.Equal($"{Large}", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task LargeResponse_WaitsForTheClientInsteadOfBeingKept(HttpProtocols protocols)
    {
        long sent = 0;
        await using var backend = await Backend.StartAsync(
            context => WriteLargeAsync(context.Response.Body, count => Interlocked.Exchange(ref sent, count)), protocols);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(AppProtocol(protocols), backend.Port));
        using var client = Client(proxy, protocols);
        using var response = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead).InTime();

        var stuckAt = await Eventually.Settles(() => Interlocked.Read(ref sent));
        Assert.InRange(stuckAt, 0, Large - (16 << 20));

        await using var body = await response.Content.ReadAsStreamAsync();
        Assert.Equal(Large, await DrainAsync(body).InTime());
    }

    [Fact]
    public async Task RequestBody_LargerThanTheLimitOfTheOptions_Is413()
    {
        await using var backend = await Backend.StartAsync(async context => await DrainAsync(context.Request.Body));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port), options => options.MaxRequestBodySize = 10);

        using var fits = await proxy.Client.PostAsync("/", new StringContent("0123456789")).InTime();
        using var tooLarge = await proxy.Client.PostAsync("/", new StringContent("0123456789a")).InTime();

        Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
    }

    [Fact]
    public async Task ClientThatWaitsFor100Continue_IsToldToContinue()
    {
        await using var backend = await Backend.StartAsync(async context => await context.Response.WriteAsync($"{await DrainAsync(context.Request.Body)}"));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync(
            "POST / HTTP/1.1\r\nHost: shop.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100 ", await client.Connection.ReadHeadAsync().InTime(), StringComparison.Ordinal);
        await client.Connection.WriteAsync("12345");
        var (response, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.StartsWith("HTTP/1.1 200 ", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeadRequest_HasTheHeadersOfTheResponseAndNoBody()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.ContentLength = 1234;
            return Task.CompletedTask;
        });
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync("HEAD / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n");
        var (response, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.StartsWith("HTTP/1.1 200 ", response, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 1234\r\n", response, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", response, StringComparison.Ordinal);
    }

    private static string? AppProtocol(HttpProtocols protocols) => protocols == HttpProtocols.Http2 ? "kubernetes.io/h2c" : null;

    private static HttpClient Client(Proxy proxy, HttpProtocols protocols)
        => protocols == HttpProtocols.Http2 ? proxy.CreateHttp2Client() : proxy.CreateClient();

    private static async Task<string> ReadAsync(Stream stream, int count)
    {
        var buffer = new byte[count];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, count, throwOnEndOfStream: false));
    }

    private static async Task<long> DrainAsync(Stream stream)
    {
        var buffer = new byte[1 << 16];
        long total = 0;
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            total += count;
        }

        return total;
    }

    private static async Task WriteLargeAsync(Stream stream, Action<long> report)
    {
        var piece = new byte[1 << 16];
        for (long sent = 0; sent < Large; report(sent += piece.Length))
        {
            await stream.WriteAsync(piece);
        }
    }
}
