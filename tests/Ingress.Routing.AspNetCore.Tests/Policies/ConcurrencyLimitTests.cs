using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

public sealed class ConcurrencyLimitTests
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task OneTooMany_IsAnsweredAtOnce_AndTheNextIsServed()
    {
        await using var site = await StartAsync(async context => await _release.Task.WaitAsync(context.RequestAborted));
        var first = site.GetAsync("/hold");
        await _arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var second = await site.GetAsync("/hold");
        Assert.Equal((503, "1"), (second.Status, second.Headers["Retry-After"]));

        _release.SetResult();
        Assert.Equal(200, (await first).Status);
        await _left.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(200, await site.StatusAsync("/hold"));
    }

    [Theory]
    [InlineData("concurrency-limit-key", "client", "192.0.2.2", 200)]
    [InlineData("concurrency-limit-key", "client", "192.0.2.1", 503)]
    [InlineData("concurrency-limit-key", "ingress", "192.0.2.2", 503)]
    [InlineData("concurrency-limit-exempt", "192.0.2.2", "192.0.2.2", 200)]
    [InlineData("concurrency-limit-exempt", "192.0.2.2", "192.0.2.3", 503)]
    public async Task Key_AndExemptNetworks_DecideWhoIsCounted(string name, string text, string second, int status)
    {
        await using var site = await StartAsync(async context => await _release.Task.WaitAsync(context.RequestAborted), (name, text));
        var first = site.GetAsync("/hold", "GET", "X-Forwarded-For: 192.0.2.1");
        await _arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(status, await site.StatusAsync("/", $"X-Forwarded-For: {second}"));

        _release.SetResult();
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task ClientThatGoesAway_MakesRoom()
    {
        await using var site = await StartAsync(async context => await _release.Task.WaitAsync(context.RequestAborted));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, site.Site.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /hold HTTP/1.1\r\nHost: h.test\r\n\r\n"));
            await _arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(503, await site.StatusAsync());
        }

        await _left.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(200, await site.StatusAsync());
    }

    [Fact]
    public async Task Failure_MakesRoom()
    {
        await using var site = await StartAsync(_ => throw new InvalidOperationException("The backend failed."));
        Assert.Equal(500, await site.StatusAsync("/hold"));
        await _left.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(200, await site.StatusAsync());
    }

    // The limit surrounds what serves, and this one stands right behind it; its end is announced after the limit has made room.
    private async Task<PolicySite> StartAsync(Func<HttpContext, Task> hold, params (string Name, string Text)[] others)
        => await PolicySite.StartAsync(
            PolicySite.Snapshot([("concurrency-limit", "1"), .. others]),
            async context =>
            {
                context.Response.OnCompleted(() =>
                {
                    _left.TrySetResult();
                    return Task.CompletedTask;
                });
                if (context.Request.Path == "/hold")
                {
                    _arrived.TrySetResult();
                    await hold(context);
                }
            },
            options => options.TrustedProxies.Add("127.0.0.0/8"));
}
