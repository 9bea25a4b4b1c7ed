using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Tests;

public sealed class LoadBalancingTests
{
    [Theory]
    [InlineData("PowerOfTwoChoices")]
    [InlineData("RoundRobin")]
    public async Task Requests_ReachAllReadyEndpointsAndNoOther(string policy)
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var c = await Backend.StartAsync("c");
        await using var unready = await Backend.StartAsync("unready");
        var snapshot = Cluster.Of(a.Port, b.Port, c.Port);
        snapshot = snapshot with { EndpointSlices = [.. snapshot.EndpointSlices, Cluster.Slice("web", unready.Port, ready: false)] };
        await using var proxy = await Proxy.StartAsync(snapshot, options => options.LoadBalancingPolicy = policy);

        // That a fair coin with three sides misses one of them a hundred times has a probability below 1e-17.
        var answers = await GetAsync(proxy, 100);

        Assert.Equal(["a", "b", "c"], answers.Distinct().Order());
    }

    [Fact]
    public async Task ChangedEndpoints_AreInForceWithTheNextRequest()
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var proxy = await Proxy.StartAsync(Cluster.Of(a.Port));
        Assert.Equal(["a"], (await GetAsync(proxy, 3)).Distinct());

        proxy.Publish(Cluster.Of(b.Port));
        Assert.Equal(["b"], (await GetAsync(proxy, 20)).Distinct());

        proxy.Publish(Cluster.Of());
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, (int)(await proxy.Client.GetAsync("/")).StatusCode);

        proxy.Publish(Cluster.Of(a.Port));
        Assert.Equal(["a"], (await GetAsync(proxy, 3)).Distinct());
    }

    [Fact]
    public async Task ChangedEndpoints_DoNotDisturbRequestsInFlight()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var old = await Backend.StartAsync(async context =>
        {
            await context.Response.WriteAsync("begun, ");
            await context.Response.Body.FlushAsync();
            arrived.SetResult();
            await finish.Task;
            await context.Response.WriteAsync("finished");
        });
        await using var young = await Backend.StartAsync("young");
        await using var proxy = await Proxy.StartAsync(Cluster.Of(old.Port));
        var inFlight = proxy.Client.GetStringAsync("/");
        await arrived.Task.InTime();

        proxy.Publish(Cluster.Of(young.Port));
        Assert.Equal("young", await proxy.Client.GetStringAsync("/").InTime());
        finish.SetResult();

        Assert.Equal("begun, finished", await inFlight.InTime());
    }

    [Fact]
    public async Task ChangedEndpoints_LeaveTheHealthOfTheOthersAlone()
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var c = await Backend.StartAsync("c");
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(a.Port, b.Port), options => options.ConfigureCluster = WithPassiveHealthChecks);
        var cluster = proxy.Clusters.Get(Cluster.Web, proxy.Router.Current);
        await GetAsync(proxy, 1);
        var sick = cluster.State.Destinations[$"http://127.0.0.1:{a.Port}"];
        sick.Health.Passive = DestinationHealth.Unhealthy;

        proxy.Publish(Cluster.Of(a.Port, b.Port, c.Port));

        Assert.Same(sick, cluster.State.Destinations[$"http://127.0.0.1:{a.Port}"]);
        Assert.Equal(["b", "c"], (await GetAsync(proxy, 100)).Distinct().Order());
    }

    [Fact]
    public async Task SessionAffinity_KeepsAClientWithItsEndpoint()
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(a.Port, b.Port),
            options =>
            {
                options.LoadBalancingPolicy = LoadBalancingPolicies.RoundRobin;
                options.ConfigureCluster = (_, config) => config with
                {
                    SessionAffinity = new SessionAffinityConfig { Enabled = true, Policy = "HashCookie", AffinityKeyName = "stick" },
                };
            });

        var answers = await GetAsync(proxy, 10); // The client keeps cookies.

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task OneServiceNameInTwoNamespaces_IsTwoServices_Trap14()
    {
        await using var red = await Backend.StartAsync("red");
        await using var blue = await Backend.StartAsync("blue");
        await using var proxy = await Proxy.StartAsync(new ClusterSnapshot
        {
            Ingresses =
            [
                Some.Ingress("red/all", [Some.Rule("red.test", Some.Prefix("/"))]),
                Some.Ingress("blue/all", [Some.Rule("blue.test", Some.Prefix("/"))]),
            ],
            Services = [Some.Service("red/web"), Some.Service("blue/web")],
            EndpointSlices = [Cluster.Slice("red/web", red.Port), Cluster.Slice("blue/web", blue.Port)],
        });
        var answers = new ConcurrentBag<(string Host, string Answer)>();

        await Parallel.ForEachAsync(Enumerable.Range(0, 40), async (i, _) =>
        {
            var host = i % 2 == 0 ? "red.test" : "blue.test";
            using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
            using var response = await proxy.Client.SendAsync(request, CancellationToken.None);
            answers.Add((host, await response.Content.ReadAsStringAsync(CancellationToken.None)));
        });

        Assert.Equal([("blue.test", "blue"), ("red.test", "red")], answers.Distinct().Order());
    }

    private static ClusterConfig WithPassiveHealthChecks(ServiceReference service, ClusterConfig config)
        => config with { HealthCheck = new HealthCheckConfig { Passive = new PassiveHealthCheckConfig { Enabled = true } } };

    private static async Task<List<string>> GetAsync(Proxy proxy, int count)
    {
        var answers = new List<string>();
        for (var i = 0; i < count; i++)
        {
            answers.Add(await proxy.Client.GetStringAsync("/").InTime());
        }

        return answers;
    }
}
