using Ingress.Routing.Forwarding.Backends;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Tests.Backends;

/// <summary>Which endpoint gets a request.</summary>
public sealed class BalancingTests
{
    [Fact]
    public async Task RoundRobin_IsOneAfterTheOther()
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var c = await Backend.StartAsync("c");
        await using var proxy = await Site.StartAsync([a.Port, b.Port, c.Port], ("load-balancing", "round-robin"));

        var answers = new List<string>();
        for (var i = 0; i < 9; i++)
        {
            answers.Add(await proxy.GetAsync());
        }

        Assert.Equal(answers[..3], answers[3..6]);
        Assert.Equal(answers[..3], answers[6..]);
        Assert.Equal(["200 a", "200 b", "200 c"], answers[..3].Order());
    }

    [Theory]
    [InlineData("peak-ewma")]
    [InlineData("power-of-two")]
    [InlineData("least-requests")]
    [InlineData("random")]
    public async Task OtherAlgorithms_ReachAllEndpoints(string algorithm)
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var proxy = await Site.StartAsync([a.Port, b.Port], ("load-balancing", algorithm));

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => proxy.GetAsync()));

        Assert.Equal(["200 a", "200 b"], answers.Distinct().Order());
    }

    [Fact]
    public void PeakEwma_PrefersTheFasterOne_AndForgets()
    {
        DestinationState slow = Destination("http://10.0.0.1:80"), fast = Destination("http://10.0.0.2:80");
        PeakEwma.Observe(slow, TimeSpan.FromSeconds(2));
        PeakEwma.Observe(fast, TimeSpan.FromMilliseconds(2));

        Assert.All(Enumerable.Range(0, 50), _ => Assert.Same(fast, PeakEwma.Choose([slow, fast], [])));
        Assert.Same(slow, PeakEwma.Choose([slow, fast], [fast]));
        Assert.InRange(PeakEwma.Decayed(1, 10), 0.36, 0.37);
    }

    [Fact]
    public async Task Hash_SendsEqualKeysToOneEndpoint_AndUsesAll()
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var c = await Backend.StartAsync("c");
        await using var proxy = await Site.StartAsync([a.Port, b.Port, c.Port], ("hash-by", "${query:user}"), ("load-balancing", "round-robin"));

        var answers = new Dictionary<int, string>();
        for (var i = 0; i < 120; i++)
        {
            var answer = await proxy.GetAsync($"/app?user={i % 40}");
            Assert.Equal(answers.GetValueOrDefault(i % 40, answer), answer);
            answers[i % 40] = answer;
        }

        Assert.Equal(3, answers.Values.Distinct().Count());
    }

    [Fact]
    public async Task HashSubset_SharesAKeyAmongSoManyEndpoints()
    {
        var backends = new List<Backend>();
        foreach (var name in "abcdef")
        {
            backends.Add(await Backend.StartAsync(name.ToString()));
        }

        await using var proxy = await Site.StartAsync(backends.Select(backend => backend.Port), ("hash-by", "${query:user}"), ("hash-subset", "2"));

        foreach (var user in Enumerable.Range(0, 5))
        {
            var answers = new HashSet<string>();
            for (var i = 0; i < 40; i++)
            {
                answers.Add(await proxy.GetAsync($"/app?user={user}"));
            }

            Assert.Equal(2, answers.Count);
        }

        foreach (var backend in backends)
        {
            await backend.DisposeAsync();
        }
    }

    [Fact]
    public async Task Hash_GoesOnToTheNextEndpoint_WhenItsOwnRefuses()
    {
        using var refusing = new RefusingEndpoint();
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var proxy = await Site.StartAsync([refusing.Port, a.Port, b.Port], ("hash-by", "${query:user}"), ("retry-on", "error"));

        for (var user = 0; user < 20; user++)
        {
            var first = await proxy.GetAsync($"/app?user={user}");
            Assert.StartsWith("200", first, StringComparison.Ordinal);
            Assert.Equal(first, await proxy.GetAsync($"/app?user={user}"));
        }
    }

    // A ring has to move about one key in eleven when an eleventh endpoint comes, and none between the others.
    [Fact]
    public void Rendezvous_MovesFewKeys_AndOnlyToTheNewEndpoint()
    {
        var ten = Enumerable.Range(1, 10).Select(i => Destination($"http://10.0.0.{i}:80")).ToList();
        var eleventh = Destination("http://10.0.0.11:80");
        var keys = Enumerable.Range(0, 11_000).Select(i => Rendezvous.HashOf($"key-{i}")).ToList();

        var before = keys.ConvertAll(key => Rendezvous.Choose(key, ten, [])!);
        var after = keys.ConvertAll(key => Rendezvous.Choose(key, [.. ten, eleventh], [])!);

        var moved = before.Zip(after).Where(pair => pair.First != pair.Second).ToList();
        Assert.InRange(moved.Count, 850, 1150);
        Assert.All(moved, pair => Assert.Same(eleventh, pair.Second));
        Assert.All(before.CountBy(destination => destination), share => Assert.InRange(share.Value, 950, 1250));
    }

    [Fact]
    public void Rendezvous_DependsOnAddressAlone_NotOnOrderOrScheme()
    {
        DestinationState[] http = [Destination("http://10.0.0.1:80"), Destination("http://10.0.0.2:80"), Destination("http://10.0.0.3:80")];
        DestinationState[] https = [Destination("https://10.0.0.3:80"), Destination("https://10.0.0.1:80"), Destination("https://10.0.0.2:80")];

        Assert.All(
            Enumerable.Range(0, 100).Select(i => Rendezvous.HashOf($"{i}")),
            key => Assert.Equal(Rendezvous.EndPointOf(Rendezvous.Choose(key, http, [])!), Rendezvous.EndPointOf(Rendezvous.Choose(key, https, [])!)));
    }

    [Fact]
    public async Task ServiceAddress_GetsAllRequests_WhateverEndpointsThereAre()
    {
        await using var service = await Backend.StartAsync("service");
        await using var pod = await Backend.StartAsync("pod");
        var snapshot = Site.Of([pod.Port], ("service-address", "true"));
        var web = snapshot.Services.Single() with { ClusterIP = "127.0.0.1" };
        var addressed = snapshot with
        {
            Services = [web with { Ports = [.. web.Ports.Select(port => port with { Port = service.Port })] }],
            Ingresses = [.. snapshot.Ingresses.Select(ingress => ingress with
            {
                Rules = [Some.Rule("shop.test", Some.Prefix("/app") with { Backend = Some.Backend("web", service.Port) })],
            })],
        };
        await using var proxy = await Proxy.StartAsync(addressed);

        Assert.Equal("200 service", await proxy.GetAsync());

        // Without endpoints the cluster may still know some; without an address they are asked themselves.
        proxy.Publish(addressed with { EndpointSlices = [] });
        Assert.Equal("200 service", await proxy.GetAsync());
        proxy.Publish(addressed with { Services = [addressed.Services.Single() with { ClusterIP = "None" }] });
        Assert.Equal("200 pod", await proxy.GetAsync());
    }

    private static DestinationState Destination(string address) => new(address, new DestinationModel(new DestinationConfig { Address = address }));
}
