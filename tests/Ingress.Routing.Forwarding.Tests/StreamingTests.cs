using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

public sealed class StreamingTests
{
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
        await using var proxy = await Proxy.StartAsync(Cluster.Of(Cluster.AppProtocol(protocols), backend.Port));
        using var client = proxy.CreateClient(protocols);
        using var response = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead).InTime();
        await using var body = await response.Content.ReadAsStreamAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal($"piece {i};", await ReadAsync(body, "piece 0;".Length).InTime());
            await received.Writer.WriteAsync(true);
        }

        Assert.Equal("", await ReadAsync(body, 1).InTime());
    }

    // As that of a stream of events in which nothing happens yet.
    [Theory]
    [InlineData(HttpProtocols.Http1, "GET")]
    [InlineData(HttpProtocols.Http2, "GET")]
    [InlineData(HttpProtocols.Http2, "POST")]
    public async Task ResponseWithoutABodyYet_ItsHeadArrives(HttpProtocols protocols, string method)
    {
        var received = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                await context.Response.Body.FlushAsync();
                await received.Task;
            },
            protocols);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(Cluster.AppProtocol(protocols), backend.Port));
        using var client = proxy.CreateClient(protocols);
        using var content = new WritingContent(async stream =>
        {
            await stream.FlushAsync();
            await received.Task;
        });
        using var request = new HttpRequestMessage(new(method), "/") { Content = method == "POST" ? content : null, Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).InTime();
        received.SetResult();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync().InTime());
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
        await using var proxy = await Proxy.StartAsync(Cluster.Of(Cluster.AppProtocol(protocols), backend.Port));
        using var client = proxy.CreateClient(protocols);
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
        await using var proxy = await Proxy.StartAsync(Cluster.Of(Cluster.AppProtocol(protocols), backend.Port));
        using var client = proxy.CreateClient(protocols);
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

    [Fact]
    public async Task ClientThatWaitsFor100Continue_IsToldToContinue()
    {
        await using var backend = await Backend.StartAsync(
            async context => await context.Response.WriteAsync("got " + await ReadAsync(context.Request.Body, 5)));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync(
            "POST / HTTP/1.1\r\nHost: shop.test\r\nExpect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100 ", await client.Connection.ReadHeadAsync().InTime(), StringComparison.Ordinal);
        await client.Connection.WriteAsync("12345");
        var (response, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.StartsWith("HTTP/1.1 200 ", response, StringComparison.Ordinal);
        Assert.Contains("got 12345", response, StringComparison.Ordinal);
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

    private static async Task<string> ReadAsync(Stream stream, int count)
    {
        var buffer = new byte[count];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, count, throwOnEndOfStream: false));
    }
}
