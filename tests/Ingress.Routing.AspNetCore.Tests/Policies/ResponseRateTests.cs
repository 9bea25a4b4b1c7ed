using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

public sealed class ResponseRateTests
{
    // The clock stands still unless the test moves it, so what has arrived is exactly what may have been sent.
    [Fact]
    public async Task Body_ComesAtTheRate_AfterWhatIsFree()
    {
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("response-rate", "1000"), ("response-rate-after", "500")),
            async context =>
            {
                context.Response.ContentLength = 1000;
                await context.Response.Body.WriteAsync(new byte[1000]);
            });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, site.Site.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: h.test\r\nConnection: close\r\n\r\n"u8.ToArray());

        await ReadHeadAsync(stream);
        await stream.ReadExactlyAsync(new byte[600]).AsTask().WaitAsync(TimeSpan.FromSeconds(30)); // 500, and the first tenth of a second
        var next = stream.ReadExactlyAsync(new byte[100]).AsTask();
        Assert.False(next.IsCompleted);
        for (var i = 0; i < 4; i++)
        {
            while (!next.IsCompleted)
            {
                site.Time.Advance(TimeSpan.FromMilliseconds(10));
                await Task.WhenAny(next, Task.Delay(20));
            }

            next = i < 3 ? stream.ReadExactlyAsync(new byte[100]).AsTask() : next;
        }

        Assert.Equal(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.InRange(site.Time.GetUtcNow() - site.Time.Start, TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("fast")]
    public async Task TextThatIsNoRate_LimitsNothing(string text)
    {
        await using var site = await PolicySite.StartAsync(("response-rate", text));

        Assert.Equal(200, await site.StatusAsync());
    }

    [Fact]
    public async Task Writer_IsFlushed()
    {
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("response-rate", "1m")),
            context =>
            {
                var text = Encoding.ASCII.GetBytes("written by the pipe");
                text.CopyTo(context.Response.BodyWriter.GetMemory(text.Length));
                context.Response.BodyWriter.Advance(text.Length);
                return context.Response.StartAsync();
            });

        Assert.Equal("written by the pipe", (await site.GetAsync()).Body);
    }

    private static async Task ReadHeadAsync(Stream stream)
    {
        var head = new List<byte>();
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            var one = new byte[1];
            await stream.ReadExactlyAsync(one);
            head.Add(one[0]);
        }
    }
}
