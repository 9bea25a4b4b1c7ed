namespace Ingress.Routing.Forwarding.Tests;

/// <summary>A request that two servers could read differently never reaches a backend. docs/forwarding.md has the same list.</summary>
public sealed class AmbiguousRequestTests
{
    private const string Host = "Host: shop.test\r\n";

    [Theory]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length: +3\r\n\r\nabc", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length: -0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length: 3 \r\nContent-Length: 3\r\n\r\nabc", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length: 3, 3\r\n\r\nabc", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length: 0x3\r\n\r\nabc", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length: 1_0\r\n\r\nabc", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length:\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length: 99999999999999999999999999\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked\r\nX-Content-Length: 3\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: \u000Bchunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: identity\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding:\r\nContent-Length: 3\r\n\r\nabc", 400)]
    [InlineData("POST / HTTP/1.0\r\n" + Host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + " X-Folded: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "X-Folded: a\r\n b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "X-Bare: a\rb\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "X-Null: a\0b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "X-Control: a\u0001b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "X-Delete: a\u007Fb\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "X Space: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "X(: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "X\"a\": a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "X/a: a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + ": a\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "no colon\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "Host: shop.test\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n" + Host + "Host: bank.test\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: shop.test, bank.test\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET http://bank.test/ HTTP/1.1\r\n" + Host + "\r\n", 400)]
    [InlineData("CONNECT shop.test:443 HTTP/1.1\r\n" + Host + "\r\n", 400)]
    [InlineData("CONNECT /a HTTP/1.1\r\n" + Host + "\r\n", 400)]
    [InlineData("TRACE / HTTP/1.1\r\n" + Host + "\r\n", 405)]
    [InlineData("trace / HTTP/1.1\r\n" + Host + "\r\n", 405)]
    [InlineData("get / HTTP/1.1\r\n" + Host + "\r\n", 400)]
    [InlineData("Post / HTTP/1.1\r\n" + Host + "Content-Length: 0\r\n\r\n", 400)]
    [InlineData("GET  / HTTP/1.1\r\n" + Host + "\r\n", 400)]
    [InlineData("GET / HTTP/1.1 \r\n" + Host + "\r\n", 400)]
    [InlineData("GET / HTTP/1.2\r\n" + Host + "\r\n", 505)]
    [InlineData("GET / HTTP/2.0\r\n" + Host + "\r\n", 505)]
    [InlineData("GET /\r\n", 400)]
    public async Task AmbiguousRequest_IsRefused(string request, int expected)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        // What follows would be a request of its own for a server that sees the end of the first one somewhere else.
        await client.Connection.WriteAsync(request + "GET /smuggled HTTP/1.1\r\nHost: shop.test\r\n\r\n");
        var (response, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.StartsWith($"HTTP/1.1 {expected} ", response, StringComparison.Ordinal);
        Assert.Equal(response.IndexOf("HTTP/1.1 ", StringComparison.Ordinal), response.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal));
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task TwoLengthsAndTheNameThatKestrelMovesOneTo_AreRefusedByClosing()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync(
            $"POST / HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\nContent-Length: 3\r\nX-Content-Length: 4\r\n\r\n0\r\n\r\n");
        var (response, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.DoesNotContain(" 200 ", response, StringComparison.Ordinal);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", "POST")]
    [InlineData("POST / HTTP/1.1\r\n" + Host + "Content-Length: 003\r\n\r\nabc", "POST")]
    [InlineData("PROPFIND / HTTP/1.1\r\n" + Host + "\r\n", "PROPFIND")]
    [InlineData("gEt-it / HTTP/1.1\r\n" + Host + "\r\n", "gEt-it")]
    [InlineData("GET / HTTP/1.0\r\n" + Host + "\r\n", "GET")]
    [InlineData("GET http://shop.test/ HTTP/1.1\r\n" + Host + "\r\n", "GET")]
    public async Task UnusualRequest_IsForwarded(string request, string method)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync(request);

        Assert.StartsWith("HTTP/1.1 200 ", await client.Connection.ReadHeadAsync().InTime(), StringComparison.Ordinal);
        Assert.StartsWith($"{method} / HTTP/1.1\r\n", Assert.Single(backend.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.test:", "shop.test")]
    [InlineData("[::1]:", "[::1]")]
    [InlineData("shop.test:80", "shop.test:80")]
    public async Task HostWithEmptyPort_IsTheHost(string host, string forwarded)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 200 ", await client.GetAsync("/", host), StringComparison.Ordinal);
        Assert.Contains($"\r\nHost: {forwarded}\r\n", Assert.Single(backend.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.test::")]
    [InlineData(":")]
    [InlineData("shop.test:8o")]
    [InlineData("caf\u00E9.test")]
    public async Task MalformedHost_Is400(string host)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 400 ", await client.GetAsync("/", host), StringComparison.Ordinal);
        Assert.Empty(backend.Requests);
    }
}
