using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Bodies are passed on as fast as the other side takes them, and never kept.</summary>
public sealed class LargeBodyTests
{
    private const long Large = 64 << 20;

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task LargeRequest_WaitsForTheBackendInsteadOfBeingKept(HttpProtocols protocols)
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                await context.Request.Body.ReadExactlyAsync(new byte[1]);
                await goOn.Task;
                await context.Response.WriteAsync($"{1 + await DrainAsync(context.Request.Body)}");
            },
            protocols);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(Cluster.AppProtocol(protocols), backend.Port));
        using var client = proxy.CreateClient(protocols);
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
        await using var proxy = await Proxy.StartAsync(Cluster.Of(Cluster.AppProtocol(protocols), backend.Port));
        using var client = proxy.CreateClient(protocols);
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
