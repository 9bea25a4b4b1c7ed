using System.Net;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Requests go to the route whose conditions they meet, and to the backend that is chosen for them.</summary>
public sealed class CanaryTests
{
    [Fact]
    public async Task Conditions_ChooseTheRoute()
    {
        await using var web = await Backend.StartAsync("web");
        await using var beta = await Backend.StartAsync("beta");
        await using var proxy = await Proxy.StartAsync(Snapshot(
            (web, Ingress("web")), (beta, Ingress("beta", ("match-headers", "X-Beta: on"), ("match-cookies", "team=blue\nuser"), ("match-query", "v=2")))));

        Assert.Equal("beta", await AskAsync(proxy, "/?v=2", ("X-Beta", "on"), ("Cookie", "user=1; team=blue")));
        Assert.Equal("web", await AskAsync(proxy, "/?v=3", ("X-Beta", "on"), ("Cookie", "user=1; team=blue")));
        Assert.Equal("web", await AskAsync(proxy, "/?v=2", ("X-Beta", "off"), ("Cookie", "user=1; team=blue")));
        Assert.Equal("web", await AskAsync(proxy, "/?v=2", ("X-Beta", "on"), ("Cookie", "user=1; team=red")));
    }

    // HTTP/2 may cut cookies into fields of their own (RFC 9113, 8.2.3).
    [Fact]
    public async Task Cookies_InSeveralFields_AreOneHeader()
    {
        await using var web = await Backend.StartAsync("web");
        await using var next = await Backend.StartAsync("next");
        await using var proxy = await Proxy.StartAsync(Snapshot(
            (web, Ingress("web")), (next, Ingress("next", ("canary", "true"), ("canary-by-cookie", "canary")))));
        using var client = proxy.CreateClient(HttpProtocols.Http2);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("Cookie", ["a=1", "canary=always", "b=2"]);
        using var response = await client.SendAsync(request);

        Assert.Equal("next", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Canary_TakesRequestsByHeader()
    {
        await using var web = await Backend.StartAsync("web");
        await using var next = await Backend.StartAsync("next");
        await using var proxy = await Proxy.StartAsync(Snapshot(
            (web, Ingress("web", ("request-headers-remove", "X-Canary"))),
            (next, Ingress("next", ("canary", "true"), ("canary-by-header", "X-Canary")))));

        Assert.Equal("web", await AskAsync(proxy, "/"));
        Assert.Equal("next", await AskAsync(proxy, "/", ("x-canary", "always")));
        Assert.Equal("web", await AskAsync(proxy, "/", ("x-canary", "never")));
        Assert.Equal("web", await AskAsync(proxy, "/"));
    }

    [Fact]
    public async Task Canary_WithoutEndpoints_LeavesItsRequestsToTheMainService()
    {
        await using var web = await Backend.StartAsync("web");
        await using var proxy = await Proxy.StartAsync(Snapshot(
            (web, Ingress("web")), (null, Ingress("next", ("canary", "true"), ("canary-weight", "100")))));

        Assert.Equal("web", await AskAsync(proxy, "/"));
    }

    [Fact]
    public async Task MainService_WithoutEndpoints_Is503ForItsShare()
    {
        await using var next = await Backend.StartAsync("next");
        await using var proxy = await Proxy.StartAsync(Snapshot(
            (null, Ingress("web")), (next, Ingress("next", ("canary", "true"), ("canary-by-header", "X-Canary")))));

        Assert.Equal("next", await AskAsync(proxy, "/", ("X-Canary", "always")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await proxy.Client.GetAsync("/")).StatusCode);
    }

    // 400 requests with 1 in 4: 60 and 140 are 4.6 standard deviations away, which happens about four times in a million runs.
    [Fact]
    public async Task Weights_ShareRequests()
    {
        await using var web = await Backend.StartAsync("web");
        await using var next = await Backend.StartAsync("next");
        var snapshot = Snapshot((web, Ingress("web", ("backend-weights", "web=3, next=1"))));
        await using var proxy = await Proxy.StartAsync(snapshot with
        {
            Services = [.. snapshot.Services, Some.Service("next")],
            EndpointSlices = [.. snapshot.EndpointSlices, Cluster.Slice("next", next.Port)],
        });

        var counts = new Dictionary<string, int> { ["web"] = 0, ["next"] = 0 };
        for (var i = 0; i < 400; i++)
        {
            counts[await proxy.Client.GetStringAsync("/")]++;
        }

        Assert.InRange(counts["next"], 60, 140);
    }

    private static ClusterSnapshot Snapshot(params (Backend? Backend, IngressResource Ingress)[] parts)
    {
        var services = parts.Select(part => (part.Backend, Name: part.Ingress.Rules[0].Paths![0].Backend!.Service!.Name!)).ToList();
        return new()
        {
            Ingresses = [.. parts.Select(part => part.Ingress)],
            Services = [.. services.Select(service => Some.Service(service.Name))],
            EndpointSlices = [.. services.Where(service => service.Backend is not null).Select(service => Cluster.Slice(service.Name, service.Backend!.Port))],
        };
    }

    private static IngressResource Ingress(string service, params (string Name, string Text)[] annotations)
        => Some.Ingress(
            service,
            [Some.Rule(null, Some.Prefix("/", service))],
            annotations: annotations.ToDictionary(pair => "ingress.routing/" + pair.Name, pair => pair.Text));

    private static async Task<string> AskAsync(Proxy proxy, string target, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await proxy.Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
