using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ingress.Routing.Hosting;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;

namespace Ingress.Routing.AspNetCore.Tests;

public sealed class IngressRoutingMiddlewareTests
{
    private static readonly ClusterSnapshot s_shop =
        Some.Snapshot(Some.Ingress("shop/web", [Some.Rule("h.test", Some.Prefix("/web"))]));

    [Theory]
    [InlineData("/a%zz", "h.test", 400)]
    [InlineData("/", "a..test", 400)]
    [InlineData("/none", "h.test", 404)]
    [InlineData("/", "unknown.test", 404)]
    [InlineData("/web", "h.test", 503)]
    public async Task Answer_WithoutBackend_IsShortPlainText(string target, string host, int status)
    {
        await using var site = await TestSite.StartAsync(s_shop);

        var get = await site.GetAsync(target, host);
        var head = await site.GetAsync(target, host, "HEAD");

        Assert.Equal(status, get.Status);
        Assert.Equal("text/plain; charset=utf-8", get.Headers["Content-Type"]);
        Assert.Equal("no-store", get.Headers["Cache-Control"]);
        Assert.StartsWith($"{status} ", get.Body, StringComparison.Ordinal);
        Assert.InRange(get.Body.Length, 10, 100);
        Assert.Equal((status, ""), (head.Status, head.Body));
        Assert.Equal(get.Headers["Content-Length"], head.Headers["Content-Length"]);
    }

    [Fact]
    public async Task NotFound_AnsweredDownstream_IsLeftAlone()
    {
        await using var site = await TestSite.StartAsync(s_shop, pipeline: app =>
        {
            app.UseIngressRouting();
            app.Run(async context =>
            {
                context.Response.StatusCode = context.Request.Path == "/gone" ? 404 : 200;
                await context.Response.WriteAsync("downstream");
            });
        });

        Assert.Equal("downstream", (await site.GetAsync("/")).Body);
        Assert.Equal((404, "downstream"), await StatusAndBody(site, "/gone"));
    }

    [Fact]
    public async Task BeforeTheFirstTable_Nothing_IsSaidToBeMissing()
    {
        await using var site = await TestSite.StartAsync(snapshot: null, Serving.Echo);

        var early = await site.GetAsync("/web");
        Assert.Equal((503, "1"), (early.Status, early.Headers["Retry-After"]));
        Assert.Contains("not ready yet", early.Body, StringComparison.Ordinal);
        site.Router.Publish(IngressRouteTable.Compile(s_shop));

        Assert.Equal(200, (await site.GetAsync("/web")).Status);
        Assert.Equal(404, (await site.GetAsync("/none")).Status);
    }

    [Fact]
    public async Task StatusCodePages_OfTheApplication_AreKept()
    {
        await using var site = await TestSite.StartAsync(s_shop, pipeline: app =>
        {
            app.UseStatusCodePages("text/plain", "our own page for {0}");
            app.UseIngressRouting();
        });

        Assert.Equal((400, "our own page for 400"), await StatusAndBody(site, "/a%zz"));
        Assert.Equal((404, "our own page for 404"), await StatusAndBody(site, "/none"));
        Assert.Equal((503, "our own page for 503"), await StatusAndBody(site, "/web"));
    }

    [Fact]
    public async Task ApplicationEndpoint_RoutingRanFirst_Wins()
    {
        await using var site = await TestSite.StartAsync(s_shop, Serving.Echo, pipeline: app =>
        {
            app.UseIngressRouting();
            app.MapGet("/web/own", (HttpContext context) => $"own {context.GetIngressRoute() is null}");
        });

        Assert.Equal("own True", (await site.GetAsync("/web/own")).Body);
        Assert.Equal("shop/web/0/0 /web/other", (await site.GetAsync("/web/other")).Body);
    }

    [Fact]
    public async Task ApplicationEndpoint_RoutingAfterIngresses_Loses()
    {
        await using var site = await TestSite.StartAsync(s_shop, Serving.Echo, pipeline: app =>
        {
            app.UseIngressRouting();
            app.UseRouting();
            app.MapGet("/web/own", () => "own");
            app.MapGet("/own", () => "own");
        });

        Assert.Equal("shop/web/0/0 /web/own", (await site.GetAsync("/web/own")).Body);
        Assert.Equal("own", (await site.GetAsync("/own")).Body);
    }

    [Fact]
    public async Task Convention_CalledOncePerRouteAndInOrder_SeesRouteAndTable()
    {
        var calls = new ConcurrentQueue<string>();
        await using var site = await TestSite.StartAsync(s_shop, ingress => ingress
            .ConfigureIngressEndpoints(endpoint =>
            {
                calls.Enqueue($"first {endpoint.Route.Id} {endpoint.Table.Routes.Count} {endpoint.Metadata.Single() == endpoint.Route}");
                endpoint.Metadata.Add("first");
            })
            .ConfigureIngressEndpoints(endpoint =>
            {
                calls.Enqueue("second");
                endpoint.RequestDelegate = context => context.Response.WriteAsync(
                    $"{context.GetEndpoint()!.DisplayName} {context.GetEndpoint()!.Metadata.GetMetadata<string>()} {context.GetEndpoint()!.Metadata.GetMetadata<IngressRoute>() == context.GetIngressRoute()}");
            }));

        Assert.Equal("shop/web/0/0 first True", (await site.GetAsync("/web")).Body);
        Assert.Equal(200, (await site.GetAsync("/web/again")).Status);
        Assert.Equal(["first shop/web/0/0 1 True", "second"], calls);
    }

    [Fact]
    public async Task TestServer_WithoutRawTarget_KeepsEveryLevelOfEncoding()
    {
        await using var site = await StartOnTestServerAsync();
        var client = site.App.GetTestClient();

        Assert.Equal("shop/web/0/0 /web/a%20b?q=1", await client.GetStringAsync("http://h.test/web/a%20b?q=1"));
        Assert.Equal("shop/web/0/0 /web/a%252Fb", await client.GetStringAsync("http://h.test/web/a%252Fb"));
    }

    [Fact]
    public async Task TestServer_WithRawTarget_UsesIt()
    {
        await using var site = await StartOnTestServerAsync();

        var context = await site.App.GetTestServer().SendAsync(context =>
        {
            context.Request.Headers.Host = "h.test";
            context.Request.Path = "/elsewhere";
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/web/a%2Fb";
        });

        Assert.Equal("shop/web/0/0 /web/a%2Fb", await new StreamReader(context.Response.Body).ReadToEndAsync());
    }

    [Fact]
    public async Task Request_WhileTablesAreSwapped_SeesOneGeneration()
    {
        await using var site = await TestSite.StartAsync(Generation(0), ingress => ingress.ConfigureIngressEndpoints(
            endpoint => endpoint.RequestDelegate = async context =>
            {
                var feature = context.GetIngressMatch()!;
                await Task.Yield();

                // What the route says, what its table says about the same request, and what the table was made from.
                var again = feature.Table.Match(context.Request.Headers.Host, "/").Route;
                var ingress = feature.Table.Snapshot.Ingresses.Single();
                await context.Response.WriteAsync(
                    $"{ReferenceEquals(feature.Match.Route, again)} {ingress.Reference == again!.Source.Resource} {feature.Match.Route!.Service!.Name.Name}");
            }));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{site.Port}") };
        client.DefaultRequestHeaders.Host = "h.test";

        using var stop = new CancellationTokenSource();
        var swaps = Task.Run(() =>
        {
            var generation = 0;
            while (!stop.IsCancellationRequested)
            {
                site.Router.Publish(IngressRouteTable.Compile(Generation(++generation)));
            }

            return generation;
        });
        var seen = new HashSet<string>();
        for (var i = 0; i < 500; i++)
        {
            seen.Add(await client.GetStringAsync("/"));
        }

        await stop.CancelAsync();
        Assert.True(await swaps > 10);
        Assert.All(seen, answer => Assert.StartsWith("True True web-", answer, StringComparison.Ordinal));
        Assert.True(seen.Count > 1, "No swap was seen.");

        static ClusterSnapshot Generation(int number)
            => Some.Snapshot(Some.Ingress("shop/web", [Some.Rule("h.test", Some.Prefix("/", $"web-{number}"))]));
    }

    [Fact]
    public async Task Metrics_EachRequest_CountsOnceByOutcome()
    {
        var snapshot = Some.Snapshot(
            Some.Ingress("shop/web", [Some.Rule("h.test", Some.Prefix("/web"), Some.Prefix("/broken", "broken"))], IngressBackend.ForService("web", 80)));
        await using var site = await TestSite.StartAsync(snapshot, ingress => ingress.ConfigureIngressEndpoints(endpoint =>
            endpoint.RequestDelegate = endpoint.Route.Service!.Name.Name == "broken" ? null : context => context.Response.WriteAsync("ok")));
        var factory = site.App.Services.GetRequiredService<IMeterFactory>();
        var outcomes = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, subscriber) =>
        {
            if (instrument.Meter.Scope == factory && instrument is { Name: "ingress_routing.requests", Meter.Name: IngressRoutingTelemetry.MeterName })
            {
                subscriber.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => outcomes.Enqueue($"{tags[0].Key}={tags[0].Value} {value}"));
        listener.Start();

        await site.GetAsync("/web");
        await site.GetAsync("/other");
        await site.GetAsync("/web", "unknown.test");
        await site.GetAsync("/a%zz");
        await site.GetAsync("/broken");
        site.Router.Publish(IngressRouteTable.Compile(s_shop));
        await site.GetAsync("/none");

        Assert.Equal(
            ["outcome=rule 1", "outcome=default_backend 1", "outcome=default_backend 1", "outcome=bad_request 1", "outcome=unavailable 1", "outcome=not_found 1"],
            outcomes);
    }

    [Fact]
    public void UseIngressRouting_ServicesMissing_NamesTheMethodToCall()
    {
        var app = WebApplication.CreateBuilder().Build();

        var failure = Assert.Throws<InvalidOperationException>(() => app.UseIngressRouting());

        Assert.Contains("AddIngressRouting", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseIngressRouting_InAnOrdinaryPipeline_WorksBetweenRoutingAndEndpoints()
    {
        await using var site = await TestSite.StartAsync(s_shop, Serving.Echo, pipeline: app => app.UseWhen(_ => true, branch =>
        {
            branch.UseRouting();
            branch.UseIngressRouting();
            branch.UseEndpoints(_ => { });
        }));

        Assert.Equal("shop/web/0/0 /web", (await site.GetAsync("/web")).Body);
    }

    private static Task<TestSite> StartOnTestServerAsync()
        => TestSite.StartAsync(s_shop, Serving.Echo, builder => builder.WebHost.UseTestServer());

    private static async Task<(int Status, string Body)> StatusAndBody(TestSite site, string target)
    {
        var response = await site.GetAsync(target);
        return (response.Status, response.Body);
    }
}
