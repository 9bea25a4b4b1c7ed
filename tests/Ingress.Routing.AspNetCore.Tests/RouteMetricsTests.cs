using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.AspNetCore.Tests;

public sealed class RouteMetricsTests
{
    private static readonly ClusterSnapshot s_shop = Some.Snapshot(
        Some.Ingress("shop/web", [Some.Rule("h.test", Some.Prefix("/web"), Some.Prefix("/cart"))]));

    [Fact]
    public async Task Request_OfARoute_IsMeasuredWithItsLabels()
    {
        await using var site = await TestSite.StartAsync(s_shop, Serving.Echo);
        using var measured = new Measured(site.App.Services);

        var response = await site.GetAsync("/web/x");
        await Eventually(() => measured.Of("ingress_routing.request.duration").Count == 1);

        var service = site.Router.Current.Routes.First(static route => route.Path == "/web").Service!.ToString();
        Assert.Equal([($"route=shop/web/0/0,ingress=shop/web,service={service},method=GET,status=2xx", 1)], measured.Of("ingress_routing.route.requests"));
        Assert.Equal($"ingress=shop/web,service={service},status=2xx", measured.Of("ingress_routing.request.duration").Single().Labels);
        Assert.Equal([($"ingress=shop/web,service={service}", response.Body.Length)], measured.Of("ingress_routing.response.size"));
        Assert.Empty(measured.Of("ingress_routing.request.size"));
        Assert.Empty(measured.Of("ingress_routing.own_answers"));
    }

    [Theory]
    [InlineData("/none", "h.test", 404, "not_found")]
    [InlineData("/a%zz", "h.test", 400, "malformed")]
    public async Task Request_WithoutRoute_HasNoLabelOfTheRequest(string target, string host, int status, string reason)
    {
        await using var site = await TestSite.StartAsync(s_shop, Serving.Echo);
        using var measured = new Measured(site.App.Services);

        Assert.Equal(status, (await site.GetAsync(target, host, "BREW")).Status);
        await Eventually(() => measured.Of("ingress_routing.own_answers").Count == 1);

        Assert.Equal([($"ingress=none,service=none,reason={reason}", 1)], measured.Of("ingress_routing.own_answers"));
        Assert.Equal([("route=none,ingress=none,service=none,method=other,status=4xx", 1)], measured.Of("ingress_routing.route.requests"));
    }

    [Fact]
    public async Task Routes_AboveTheBound_AreMeasuredTogether()
    {
        await using var site = await TestSite.StartAsync(s_shop, Serving.Echo, options: static options => options.MaxMeasuredRoutes = 1);
        using var measured = new Measured(site.App.Services);

        foreach (var target in (string[])["/cart", "/web", "/cart", "/web"])
        {
            Assert.Equal(200, (await site.GetAsync(target)).Status);
        }

        await Eventually(() => measured.Of("ingress_routing.route.requests").Count == 4);

        Assert.Equal(2, measured.Of("ingress_routing.route.requests").Count(static item => item.Labels.StartsWith("route=shop/web/0/1,ingress=shop/web,", StringComparison.Ordinal)));
        Assert.Equal(2, measured.Of("ingress_routing.route.requests").Count(static item => item.Labels == "route=other,ingress=other,service=other,method=GET,status=2xx"));
    }

    [Fact]
    public async Task Requests_BeingServed_AreCounted()
    {
        var began = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        await using var site = await TestSite.StartAsync(s_shop, ingress => ingress.ConfigureIngressEndpoints(endpoint => endpoint.RequestDelegate = async _ =>
        {
            began.SetResult();
            await end.Task;
        }));
        using var measured = new Measured(site.App.Services);
        var request = site.GetAsync("/web");
        await began.Task;

        measured.Observe();
        end.SetResult();
        await request;
        await Eventually(() => measured.Of("ingress_routing.request.duration").Count == 1);
        measured.Observe();

        Assert.Equal([1, 0], measured.Of("ingress_routing.requests.active").Select(static item => item.Value));
    }

    [Fact]
    public async Task Body_OfARequest_IsMeasured()
    {
        await using var site = await TestSite.StartAsync(s_shop, static ingress => ingress.ConfigureIngressEndpoints(static endpoint => endpoint.RequestDelegate
            = static context => context.Request.Body.CopyToAsync(context.Response.Body)));
        using var measured = new Measured(site.App.Services);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", site.Port);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /web HTTP/1.1\r\nHost: h.test\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith("HTTP/1.1 200 ", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        await Eventually(() => measured.Of("ingress_routing.response.size").Count == 1);

        Assert.Equal(11, measured.Of("ingress_routing.request.size").Single().Value);
        Assert.Equal(11, measured.Of("ingress_routing.response.size").Single().Value);
    }

    [Fact]
    public async Task Observer_SeesWhatThereIsToTell()
    {
        var observer = new Observer();
        await using var site = await TestSite.StartAsync(
            s_shop, ingress =>
            {
                Serving.Echo(ingress);
                ingress.Services.AddSingleton<IIngressRequestObserver>(new FailingObserver());
                ingress.Services.AddSingleton<IIngressRequestObserver>(observer);
            });

        Assert.Equal(200, (await site.GetAsync("/web//x")).Status);

        var (status, path, generation, reason) = await observer.Seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((200, "/web/x", 1, null), (status, path, generation, reason));
    }

    private static async Task Eventually(Func<bool> condition)
    {
        // A response is at its client a moment before the request is over here.
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 3000, "It did not come.");
            await Task.Delay(10);
        }
    }

    private sealed class Observer : IIngressRequestObserver
    {
        public TaskCompletionSource<(int, string, long, string?)> Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnCompleted(HttpContext context, IngressRequestRecord record)
            => Seen.TrySetResult((record.Status, record.Match.Path.ToString(), record.Generation!.Number, record.Reason));
    }

    private sealed class FailingObserver : IIngressRequestObserver
    {
        public void OnCompleted(HttpContext context, IngressRequestRecord record) => throw new InvalidOperationException();
    }
}
