namespace Ingress.Routing.Forwarding.Tests;

/// <summary>A backend that answers and hangs up while the body is still being sent is heard.</summary>
public sealed class EarlyAnswerTests
{
    private const int BodySize = 32 * 1024 * 1024;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnswerBeforeTheBodyWasRead_IsPassedOn(bool hasLength)
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            "HTTP/1.1 413 Content Too Large\r\nContent-Length: 8\r\nX-Limit: 5\r\nConnection: close\r\n\r\ntoo much"));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port), options => options.MaxRequestBodySize = null);
        using var client = await proxy.ConnectAsync();

        // The backend closes with most of this unread, and its connection is reset.
        await client.Connection.WriteAsync(
            $"POST / HTTP/1.1\r\nHost: shop.test\r\n{(hasLength ? $"Content-Length: {BodySize}" : "Transfer-Encoding: chunked")}\r\n\r\n");
        var block = new string('x', 64 * 1024);
        for (var sent = 0; sent < BodySize; sent += block.Length)
        {
            await client.Connection.WriteAsync(hasLength ? block : $"{block.Length:x}\r\n{block}\r\n");
        }

        await client.Connection.WriteAsync(hasLength ? "" : "0\r\n\r\n");
        var response = await client.Connection.ReadUntilAsync("too much").InTime();

        Assert.StartsWith("HTTP/1.1 413 ", response, StringComparison.Ordinal);
        Assert.Contains("X-Limit: 5\r\n", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoAnswerBeforeTheBodyWasRead_Is502()
    {
        await using var backend = new RawBackend(connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync($"POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: {BodySize}\r\n\r\n");
        var block = new string('x', 64 * 1024);
        for (var sent = 0; sent < BodySize; sent += block.Length)
        {
            await client.Connection.WriteAsync(block);
        }

        Assert.StartsWith("HTTP/1.1 502 ", await client.Connection.ReadHeadAsync().InTime(), StringComparison.Ordinal);
    }
}
