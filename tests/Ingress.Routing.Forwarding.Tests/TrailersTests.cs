using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

public sealed class TrailersTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n";

    private const string Answer = Head + "4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n";

    [Fact]
    public async Task Trailers_OverHttp2_ArriveWithTheResponse()
    {
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                context.Response.DeclareTrailer("X-Sum");
                await context.Response.WriteAsync("body");
                context.Response.AppendTrailer("X-Sum", "42");
            },
            HttpProtocols.Http2);
        await using var proxy = await Proxy.StartAsync(Cluster.Of("h2c", backend.Port));
        using var client = proxy.CreateHttp2Client();

        using var response = await client.GetAsync("/").InTime();

        Assert.Equal("body", await response.Content.ReadAsStringAsync());
        Assert.Equal("42", Assert.Single(response.TrailingHeaders.GetValues("X-Sum")));
    }

    [Fact]
    public async Task Trailers_FromHttp1ToHttp2_ArriveWithTheResponse()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(Answer));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = proxy.CreateHttp2Client();

        using var response = await client.GetAsync("/").InTime();

        Assert.Equal("body", await response.Content.ReadAsStringAsync());
        Assert.Equal("42", Assert.Single(response.TrailingHeaders.GetValues("X-Sum")));
    }

    [Fact]
    public async Task Trailers_OverHttp1_ArriveWithTheResponse_AndTheConnectionLives()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(Answer));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n");
            var head = await client.Connection.ReadHeadAsync().InTime();
            var rest = await client.Connection.ReadUntilAsync("0\r\nX-Sum: 42\r\n\r\n").InTime();

            Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", head, StringComparison.Ordinal);
            Assert.Contains("\r\nTrailer: X-Sum\r\n", head, StringComparison.Ordinal);
            Assert.Equal("4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n", rest);
        }
    }

    [Fact]
    public async Task Trailers_FromHttp2ToHttp1_ArriveWithTheResponse()
    {
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                context.Response.DeclareTrailer("X-Sum");
                await context.Response.WriteAsync("first");
                await context.Response.WriteAsync("second");
                context.Response.AppendTrailer("X-Sum", "42");
            },
            HttpProtocols.Http2);
        await using var proxy = await Proxy.StartAsync(Cluster.Of("h2c", backend.Port));

        using var response = await proxy.Client.GetAsync("/").InTime();

        Assert.Equal("firstsecond", await response.Content.ReadAsStringAsync());
        Assert.Equal("42", Assert.Single(response.TrailingHeaders.GetValues("X-Sum")));
    }

    [Fact]
    public async Task AnnouncedTrailersThatDoNotCome_LeaveTheResponseWhole()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(Head + "4\r\nbody\r\n0\r\n\r\n"));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        Assert.EndsWith("\r\n\r\n4\r\nbody\r\n0\r\n\r\n", await client.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyBodyWithTrailers_IsForwarded()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(Head + "0\r\nX-Sum: 42\r\n\r\n"));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        Assert.EndsWith("\r\n\r\n0\r\nX-Sum: 42\r\n\r\n", await client.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BodyThatBreaksOffBeforeItsTrailers_DoesSoForTheClient()
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = new RawBackend(async connection =>
        {
            await connection.WriteAsync(Head + "4\r\nbody\r\n");
            await received.Task;
        });
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();
        await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n");
        await client.Connection.ReadUntilAsync("4\r\nbody\r\n").InTime();

        received.SetResult();
        var (rest, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.Equal("", rest);
    }

    [Fact]
    public async Task BodyThatBreaksOffBeforeItBegins_Is502()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(Head));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync("/");

        Assert.StartsWith("HTTP/1.1 502 ", response, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n502 Bad Gateway: the backend refused or broke the connection.\n", response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\nTrailer: X-Sum\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nTrailer: X-Sum\r\n\r\n")]
    public async Task ResponseWithoutABody_HasNoChunks(string method, string answer)
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(answer));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync($"{method} / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n");
        var (response, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.StartsWith(answer[..12], response, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", response, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n0\r\n", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MiddlewareThatKeepsTheBody_SeesNoChunks()
    {
        var kept = new MemoryStream();
        await using var backend = new RawBackend(connection => connection.WriteAsync(Answer));
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port),
            pipeline: app => app.Use(async (context, next) =>
            {
                var body = context.Features.Get<IHttpResponseBodyFeature>()!;
                context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(kept, body));
                await next();
                context.Features.Set(body);
                await body.Writer.WriteAsync(kept.ToArray());
            }));

        var text = await proxy.Client.GetStringAsync("/").InTime();

        Assert.Equal("body", text);
        Assert.Equal("body"u8.ToArray(), kept.ToArray());
    }
}
