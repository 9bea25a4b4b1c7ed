using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

public sealed class ForwardedHeadersTests
{
    [Theory]
    [InlineData("shop.test")]
    [InlineData("SHOP.Test")]
    [InlineData("shop.test:8080")]
    [InlineData("shop.test.")]
    [InlineData("xn--caf-dma.test")]
    [InlineData("XN--CAF-DMA.test:81")]
    [InlineData("192.0.2.1")]
    [InlineData("[::1]:80")]
    [InlineData("a_b.test")]
    public async Task Host_IsKeptAsReceived(string host)
    {
        var head = await ForwardAsync(host);

        Assert.Equal([host], ValuesOf("Host", head));
        Assert.Equal([host], ValuesOf("X-Forwarded-Host", head));
    }

    [Fact]
    public async Task ForwardedFor_IsTheAddressOfTheClient()
    {
        var head = await ForwardAsync("shop.test");

        Assert.Equal(["127.0.0.1"], ValuesOf("X-Forwarded-For", head));
        Assert.Equal(["http"], ValuesOf("X-Forwarded-Proto", head));
    }

    [Fact]
    public async Task WhatAClientClaimsAboutItself_IsDropped()
    {
        var head = await ForwardAsync(
            "shop.test",
            "X-Forwarded-For: 10.9.8.7",
            "X-Forwarded-For: 10.9.8.6",
            "x-forwarded-host: bank.test",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Prefix: /admin",
            "Forwarded: for=10.9.8.7;host=bank.test");

        Assert.Equal(["127.0.0.1"], ValuesOf("X-Forwarded-For", head));
        Assert.Equal(["shop.test"], ValuesOf("X-Forwarded-Host", head));
        Assert.Equal(["http"], ValuesOf("X-Forwarded-Proto", head));
        Assert.Empty(ValuesOf("X-Forwarded-Prefix", head));
        Assert.Empty(ValuesOf("Forwarded", head));
    }

    [Fact]
    public async Task HopByHopHeaders_AreNotForwarded()
    {
        var head = await ForwardAsync("shop.test", "Keep-Alive: timeout=5", "Proxy-Authorization: Basic eDp5", "TE: gzip", "X-Kept: yes");

        Assert.Empty(ValuesOf("Keep-Alive", head));
        Assert.Empty(ValuesOf("Proxy-Authorization", head));
        Assert.Empty(ValuesOf("TE", head));
        Assert.Equal(["yes"], ValuesOf("X-Kept", head));
    }

    [Fact]
    public async Task Host_OverHttp2BothWays_IsKeptAsReceived()
    {
        string? host = null;
        string? forwardedHost = null;
        await using var backend = await Backend.StartAsync(
            context =>
            {
                host = context.Request.Headers.Host;
                forwardedHost = context.Request.Headers["X-Forwarded-Host"];
                return Task.CompletedTask;
            },
            HttpProtocols.Http2);
        await using var proxy = await Proxy.StartAsync(Cluster.Of("h2c", backend.Port));
        using var client = proxy.CreateHttp2Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Host = "XN--CAF-DMA.test:81" },
        };

        using var response = await client.SendAsync(request);

        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal("XN--CAF-DMA.test:81", host);
        Assert.Equal("XN--CAF-DMA.test:81", forwardedHost);
    }

    [Theory]
    [InlineData("GET /a HTTP/1.0\r\n\r\n")]
    [InlineData("GET /a HTTP/1.1\r\nHost: \r\nConnection: close\r\nX-Forwarded-Host: bank.test\r\n\r\n")]
    public async Task RequestWithoutHost_IsForwardedWithTheAddressOfTheEndpoint(string request)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync(request);
        await client.Connection.ReadToEndAsync().InTime();

        var head = Assert.Single(backend.Requests);
        Assert.StartsWith("GET /a HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal([$"127.0.0.1:{backend.Port}"], ValuesOf("Host", head));
        Assert.Empty(ValuesOf("X-Forwarded-Host", head));
    }

    private static async Task<string> ForwardAsync(string host, params string[] headers)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync("/", host, headers);

        Assert.StartsWith("HTTP/1.1 200 ", response, StringComparison.Ordinal);
        return Assert.Single(backend.Requests);
    }

    private static IEnumerable<string> ValuesOf(string name, string head) => head.Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim());
}
