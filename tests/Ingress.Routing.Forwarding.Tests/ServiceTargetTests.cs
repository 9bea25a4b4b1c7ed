using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>A host application puts something in the place of a Service.</summary>
public sealed class ServiceTargetTests
{
    [Fact]
    public async Task Addresses_TakeThePlaceOfTheEndpoints()
    {
        await using var endpoint = await Backend.StartAsync("endpoint");
        await using var target = await Backend.StartAsync("target");
        await using var proxy = await StartAsync(
            [endpoint.Port], _ => new ServiceTarget { Addresses = [new Uri($"http://localhost:{target.Port}")] });

        Assert.Equal("target", await proxy.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Addresses_ServeAServiceWithoutEndpoints()
    {
        await using var target = await Backend.StartAsync("target");
        await using var proxy = await StartAsync([], _ => new ServiceTarget { Addresses = [new Uri($"http://127.0.0.1:{target.Port}")] });

        Assert.Equal("target", await proxy.Client.GetStringAsync("/"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/base")]
    [InlineData("/base/")]
    public async Task PathOfAnAddress_GoesInFrontOfTheCanonicalPath(string path)
    {
        await using var target = RawBackend.Answering();
        var address = new Uri($"http://127.0.0.1:{target.Port}{path}");
        await using var proxy = await StartAsync([], _ => new ServiceTarget { Addresses = [address] });
        using var client = await proxy.ConnectAsync();

        await client.GetAsync("/a%2Fb?x", "shop.test");

        var head = Assert.Single(target.Requests);
        Assert.StartsWith($"GET {path.TrimEnd('/')}/a%2Fb?x HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nHost: shop.test\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_ReceivesTheRequestThatWouldBeSent()
    {
        using var handler = new RecordingHandler();
        await using var proxy = await StartAsync([], _ => new ServiceTarget { Handler = handler });
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync("/a%2Fb|c?x", "shop.test");

        Assert.Contains("from the handler", response, StringComparison.Ordinal);
        var request = Assert.Single(handler.Requests);
        Assert.Equal("http://web.default.svc", request.RequestUri!.GetLeftPart(UriPartial.Authority));
        Assert.Equal("/a%2Fb%7Cc?x", request.RequestUri.PathAndQuery);
        Assert.Equal("shop.test", request.Headers.Host);
        Assert.Equal("127.0.0.1", Assert.Single(request.Headers.GetValues("X-Forwarded-For")));
    }

    // A policy about connections has nothing to say where there is none.
    [Theory]
    [InlineData("backend-connect-timeout", "5")]
    [InlineData("response-header-limit", "128k")]
    public async Task Handler_KeepsItsPlace_UnderPoliciesOfConnections(string name, string text)
    {
        using var handler = new RecordingHandler();
        var snapshot = Cluster.Of() with
        {
            Ingresses = [Some.Ingress("all", [Some.Rule(null, Some.Prefix("/"))], annotations: new Dictionary<string, string> { [$"ingress.routing/{name}"] = text })],
        };
        await using var proxy = await StartAsync(snapshot, _ => new ServiceTarget { Handler = handler });

        Assert.Equal("from the handler", await proxy.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Handler_OutlivesTheProxy()
    {
        using var handler = new RecordingHandler();
        await using (var proxy = await StartAsync([], _ => new ServiceTarget { Handler = handler }))
        {
            await proxy.Client.GetStringAsync("/");
        }

        Assert.False(handler.IsDisposed);
    }

    [Fact]
    public async Task ProviderThatNamesNoTarget_LeavesTheEndpoints()
    {
        await using var endpoint = await Backend.StartAsync("endpoint");
        await using var proxy = await StartAsync([endpoint.Port], _ => null);

        Assert.Equal("endpoint", await proxy.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task TargetWithoutAddressAndHandler_Is503()
    {
        await using var endpoint = await Backend.StartAsync("endpoint");
        await using var proxy = await StartAsync([endpoint.Port], _ => new ServiceTarget());

        using var response = await proxy.Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task TargetThatChangesWithTheTable_IsInForceWithTheNextRequest()
    {
        await using var endpoint = await Backend.StartAsync("endpoint");
        using var handler = new RecordingHandler();
        await using var proxy = await StartAsync(
            [endpoint.Port], destinations => destinations.Ready.Count == 0 ? new ServiceTarget { Handler = handler } : null);
        Assert.Equal("endpoint", await proxy.Client.GetStringAsync("/"));

        proxy.Publish(Cluster.Of());
        Assert.Equal("from the handler", await proxy.Client.GetStringAsync("/"));

        proxy.Publish(Cluster.Of(endpoint.Port));
        Assert.Equal("endpoint", await proxy.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task ProviderThatThrows_CostsOnlyItsOwnService()
    {
        var fails = false;
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        var snapshot = Cluster.Of(a.Port);
        snapshot = snapshot with
        {
            Ingresses = [.. snapshot.Ingresses, Some.Ingress("other", [Some.Rule("other.test", Some.Prefix("/", "other"))])],
            Services = [.. snapshot.Services, Some.Service("other")],
            EndpointSlices = [.. snapshot.EndpointSlices, Cluster.Slice("other", b.Port)],
        };
        await using var proxy = await StartAsync(
            snapshot, destinations => fails && destinations.Service == Cluster.Web ? throw new InvalidOperationException("broken") : null);
        Assert.Equal("a", await proxy.Client.GetStringAsync("/"));

        fails = true;
        proxy.Publish(snapshot with { EndpointSlices = [.. snapshot.EndpointSlices] });
        Assert.Equal(HttpStatusCode.InternalServerError, (await proxy.Client.GetAsync("/")).StatusCode);
        Assert.Equal("b", await GetOtherAsync(proxy));

        fails = false;
        Assert.Equal("a", await proxy.Client.GetStringAsync("/"));
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("ftp://a.test/")]
    [InlineData("http://a.test/?x")]
    [InlineData("http://a.test/#x")]
    public void Addresses_ThatCannotBeUsed_AreRefused(string address)
        => Assert.Throws<ArgumentException>(() => new ServiceTarget { Addresses = [new Uri(address, UriKind.RelativeOrAbsolute)] });

    private static Task<Proxy> StartAsync(int[] ports, Func<ServiceDestinations, ServiceTarget?> find)
        => StartAsync(Cluster.Of(ports), find);

    private static Task<Proxy> StartAsync(ClusterSnapshot snapshot, Func<ServiceDestinations, ServiceTarget?> find)
        => Proxy.StartAsync(snapshot, services: services => services.AddSingleton<IServiceTargetProvider>(new Provider(find)));

    private static async Task<string> GetOtherAsync(Proxy proxy)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "other.test" } };
        using var response = await proxy.Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private sealed class Provider(Func<ServiceDestinations, ServiceTarget?> find) : IServiceTargetProvider
    {
        public ServiceTarget? FindTarget(ServiceDestinations destinations) => find(destinations);
    }

    private sealed class RecordingHandler : HttpMessageHandler
    {
        public List<HttpRequestMessage> Requests { get; } = [];

        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Task.FromResult(new HttpResponseMessage { RequestMessage = request, Content = new StringContent("from the handler") });
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
