using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.AspNetCore.Tests.Limits;

/// <summary>Bodies may be two seconds behind ten bytes a second.</summary>
public sealed class SlowBodyTests : IAsyncLifetime
{
    private LimitedSite _site = null!;

    public async Task InitializeAsync() => _site = await LimitedSite.StartAsync(static limits =>
    {
        limits.BodyTimeout = TimeSpan.FromSeconds(2);
        limits.MinBodyDataRate = 10;
    });

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(400)] // a byte now and then, for ever
    public async Task Post_TooSlow_Is408(int pause)
    {
        using var client = await PostAsync("/", 1000, "x");
        var sending = pause == 0 ? Task.CompletedTask : TrickleAsync(client, pause);

        Assert.StartsWith("HTTP/1.1 408 ", await ReadToEndAsync(client), StringComparison.Ordinal);
        await sending;
        await LimitedSite.UntilAsync(() => _site.Gate.Requests == 0);
    }

    [Fact]
    public async Task Post_SlowButFastEnough_IsServed()
    {
        using var client = await PostAsync("/", 100, "");
        var began = Stopwatch.StartNew();
        for (var sent = 0; sent < 100; sent += 20)
        {
            await Task.Delay(1000);
            await client.GetStream().WriteAsync(new byte[20]);
        }

        Assert.True(began.Elapsed > TimeSpan.FromSeconds(4));
        Assert.Contains("\r\n100 bytes\r\n", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ResponseHasBegun_MayBeQuiet()
    {
        using var client = await PostAsync("/early", 4, "x");
        await Task.Delay(TimeSpan.FromSeconds(4));
        await client.GetStream().WriteAsync(new byte[3]);

        Assert.Contains("4 bytes", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    // It is the server that does not read: the client has nothing to make up for.
    [Fact]
    public async Task Post_ServerIsSlow_IsServed()
    {
        using var client = await PostAsync("/wait", 4, "x");
        await _site.ArrivalAsync();
        await Task.Delay(TimeSpan.FromSeconds(4));
        _site.Release();
        await client.GetStream().WriteAsync(new byte[3]);

        Assert.Contains("\r\n4 bytes\r\n", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    private async Task<TcpClient> PostAsync(string path, int length, string beginning)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(_site.EndPoint);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: h.test\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{beginning}"));
        return client;
    }

    private static async Task TrickleAsync(TcpClient client, int pause)
    {
        try
        {
            for (var i = 0; i < 60_000 / pause; i++)
            {
                await Task.Delay(pause);
                await client.GetStream().WriteAsync(new byte[1]);
            }

            Assert.Fail("Nobody has put an end to it.");
        }
        catch (IOException)
        {
        }
    }

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(50));
        var text = new StringBuilder();
        var buffer = new byte[1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, deadline.Token) is > 0 and var count)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset, because what it sent was not read.
        }

        return text.ToString();
    }
}
