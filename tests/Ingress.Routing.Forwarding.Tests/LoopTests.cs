using System.Net;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Services whose endpoints lead back to where the request was.</summary>
public sealed class LoopTests
{
    [Fact]
    public async Task ServicePointsBackAtItsGateway_Is508()
    {
        await using var proxy = await Proxy.StartAsync(Cluster.Of());
        proxy.Publish(Cluster.Of(proxy.Http1.Port));

        using var response = await proxy.Client.GetAsync("/").InTime();

        Assert.Equal(HttpStatusCode.LoopDetected, response.StatusCode);
        Assert.StartsWith("508 Loop Detected", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoGatewaysPointAtEachOther_Is508()
    {
        await using var one = await Proxy.StartAsync(Cluster.Of());
        await using var other = await Proxy.StartAsync(Cluster.Of(one.Http1.Port));
        one.Publish(Cluster.Of(other.Http1.Port));

        using var response = await one.Client.GetAsync("/").InTime();

        Assert.Equal(HttpStatusCode.LoopDetected, response.StatusCode);
    }

    [Fact]
    public async Task ChainOfFourGateways_ReachesTheBackend()
    {
        var hops = "";
        await using var backend = await Backend.StartAsync(context =>
        {
            hops = context.Request.Headers["CDN-Loop"].ToString();
            return context.Response.WriteAsync("backend");
        });
        await using var fourth = await Proxy.StartAsync(Cluster.Of(backend.Port));
        await using var third = await Proxy.StartAsync(Cluster.Of(fourth.Http1.Port));
        await using var second = await Proxy.StartAsync(Cluster.Of(third.Http1.Port));
        await using var first = await Proxy.StartAsync(Cluster.Of(second.Http1.Port));

        Assert.Equal("backend", await first.Client.GetStringAsync("/").InTime());
        Assert.Equal(4, hops.Split(',').Count(static hop => hop.Trim() == "ingress-routing"));
    }

    [Theory]
    [InlineData("Connection: CDN-Loop")]
    [InlineData("CDN-Loop: other.example; v=\"1, (")]
    [InlineData("CDN-Loop: a, b, c")]
    [InlineData("cdn-loop:")]
    public async Task Client_CannotHideALoop(string header)
    {
        await using var proxy = await Proxy.StartAsync(Cluster.Of());
        proxy.Publish(Cluster.Of(proxy.Http1.Port));
        using var client = await proxy.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 508", await client.GetAsync("/", headers: header), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ClaimsManyHops_OnlyItselfIsRefused()
    {
        await using var backend = await Backend.StartAsync("backend");
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var liar = await proxy.ConnectAsync();
        using var other = await proxy.ConnectAsync();

        var claim = "CDN-Loop: " + string.Join(", ", Enumerable.Repeat("ingress-routing", 1_000));
        Assert.StartsWith("HTTP/1.1 508", await liar.GetAsync("/", headers: claim), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await other.GetAsync("/", headers: "CDN-Loop: other.example"), StringComparison.Ordinal);
    }
}
