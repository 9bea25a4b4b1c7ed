using System.Net;
using Ingress.Routing.AspNetCore.Tests.Limits;
using Microsoft.AspNetCore.Hosting;

namespace Ingress.Routing.AspNetCore.Tests.Connections;

/// <summary>An application of somebody else that is stopped.</summary>
public sealed class DrainTests
{
    private static readonly IPEndPoint s_health = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Stop_DuringTheDelay_ServesAndAsksToLeave()
    {
        await using var site = await StartAsync(TimeSpan.FromSeconds(3));
        var drain = site.App.Services.GetRequiredService<ConnectionDrain>();
        Assert.False(drain.Announced.IsCancellationRequested);

        var stopping = site.App.StopAsync();
        await LimitedSite.UntilAsync(() => drain.Announced.IsCancellationRequested);
        var response = await RawResponse.SendAsync(site.Port, "GET / HTTP/1.1\r\nHost: h.test\r\n\r\n"); // reads until the connection is closed

        Assert.Equal((200, "close"), (response.Status, response.Headers["Connection"]));
        Assert.False(drain.Started.IsCancellationRequested);
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(drain.Started.IsCancellationRequested);
    }

    [Fact]
    public async Task Stop_RequestInFlight_OtherListenerAnswersUntilItEnds()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await StartAsync(TimeSpan.Zero, async context =>
        {
            if (context.Request.Path == "/wait")
            {
                arrived.SetResult();
                await release.Task;
            }

            await context.Response.WriteAsync("fine");
        });
        var ports = PortsOf(site);
        using var http2 = await FloodingClient.ConnectAsync(new(IPAddress.Loopback, ports[0]));
        var seen = new List<(byte Type, int Stream, string Content)>();
        var reading = http2.ReadToEndAsync((type, _, stream, content) => seen.Add((type, stream, Convert.ToHexString(content))), CancellationToken.None);
        await http2.Stream.WriteAsync(FloodingClient.Get(1, "/wait"));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var stopping = site.App.StopAsync();
        await LimitedSite.UntilAsync(() => site.App.Services.GetRequiredService<ConnectionDrain>().Started.IsCancellationRequested);
        await Task.Delay(TimeSpan.FromSeconds(2)); // longer than anything that is quiet may stay
        Assert.Equal("fine", (await RawResponse.GetAsync(ports[1], "/")).Body);
        Assert.False(stopping.IsCompleted);

        release.SetResult();
        await Task.WhenAll(stopping, reading).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains((FloodingClient.GoAway, 0, "7FFFFFFF00000000"), seen); // no last stream: what is on its way is taken
        Assert.Contains((FloodingClient.Data, 1, "66696E65"), seen);
    }

    private static List<int> PortsOf(TestSite site)
        => [.. site.App.Urls.Select(static url => new Uri(url)).Where(static url => url.Host == "127.0.0.1").Select(static url => url.Port)];

    private static Task<TestSite> StartAsync(TimeSpan delay, RequestDelegate? answer = null) => TestSite.StartAsync(
        Some.Snapshot(Some.Ingress("shop/web", [Some.Rule(null, Some.Prefix("/"))])),
        ingress => ingress.ConfigureIngressEndpoints(endpoint => endpoint.RequestDelegate = answer ?? (static context => context.Response.WriteAsync("fine"))),
        builder =>
        {
            builder.WebHost.UseIngressConnectionLimits(limits =>
            {
                limits.ShutdownDelay = delay;
                limits.OutlivesDrain = static endPoint => ReferenceEquals(endPoint, s_health);
            });
            builder.WebHost.ListenIngressHttp(new IPEndPoint(IPAddress.Loopback, 0));
            builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(s_health));
        });
}
