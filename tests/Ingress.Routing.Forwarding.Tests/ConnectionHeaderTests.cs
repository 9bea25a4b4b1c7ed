namespace Ingress.Routing.Forwarding.Tests;

/// <summary>What <c>Connection</c> names is for this connection alone (RFC 9110, 7.6.1), and no client can have our own headers removed with it.</summary>
public sealed class ConnectionHeaderTests
{
    [Theory]
    [InlineData("Connection: X-Hop", "X-Hop: secret")]
    [InlineData("Connection: keep-alive, x-hop ,X-Other", "X-Hop: secret")]
    [InlineData("Connection: ,\tX-HOP,", "X-Hop: secret")]
    [InlineData("Connection: close\r\nConnection: X-Hop", "X-Hop: secret")]
    [InlineData("Connection: upgrade, X-Hop", "X-Hop: secret")]
    [InlineData("Connection: X-Hop\r\nConnection: close", "X-Hop: secret")]
    [InlineData("Connection: Cookie", "Cookie: secret")]
    [InlineData("Keep-Alive: secret", "")]
    [InlineData("Proxy-Connection: secret", "")]
    [InlineData("TE: secret", "")]
    [InlineData("HTTP2-Settings: secret", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c")]
    public async Task RequestHeaderOfTheConnection_IsRemoved(string first, string second)
    {
        var head = await ForwardAsync($"{first}\r\n{second}{(second.Length > 0 ? "\r\n" : "")}X-Kept: yes");

        Assert.DoesNotContain("secret", head, StringComparison.Ordinal);
        Assert.DoesNotContain("h2c", head, StringComparison.Ordinal);
        Assert.Contains("X-Kept: yes\r\n", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "X-Forwarded-For: 127.0.0.1")]
    [InlineData("X-Forwarded-Proto, X-Forwarded-Host", "X-Forwarded-Host: shop.test")]
    [InlineData("Host", "Host: shop.test")]
    [InlineData("Content-Length", "Content-Length: 2")]
    public async Task HeaderThatWeSet_CannotBeNamedAway(string nominated, string expected)
    {
        var head = await ForwardAsync($"Connection: {nominated}", "Content-Length: 2\r\n\r\nhi");

        Assert.Contains($"{expected}\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer-Encoding", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ResponseHeaderOfTheConnection_IsRemoved()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close, X-Hop, Content-Language\r\nX-Hop: secret\r\nContent-Language: secret\r\n"
            + "Keep-Alive: secret\r\nProxy-Connection: secret\r\nX-Kept: yes\r\n\r\nhi"));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync("/");

        Assert.DoesNotContain("secret", response, StringComparison.Ordinal);
        Assert.Contains("X-Kept: yes\r\n", response, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhi", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpgradeInsecureRequests_IsNoHeaderOfTheConnection()
        => Assert.Contains("Upgrade-Insecure-Requests: 1\r\n", await ForwardAsync("Upgrade-Insecure-Requests: 1"), StringComparison.Ordinal);

    private static async Task<string> ForwardAsync(string headers, string end = "\r\n")
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync($"POST / HTTP/1.1\r\nHost: shop.test\r\n{headers}\r\n{(end == "\r\n" ? "Content-Length: 0\r\n\r\n" : end)}");
        Assert.StartsWith("HTTP/1.1 200 ", await client.Connection.ReadHeadAsync().InTime(), StringComparison.Ordinal);
        return Assert.Single(backend.Requests);
    }
}
