using System.Net;
using System.Text;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Another Service answers in place of an error, or of a Service without endpoints.</summary>
public sealed class ErrorPagesTests : IAsyncLifetime
{
    private Backend _web = null!;
    private Backend _errors = null!;

    public async Task InitializeAsync()
    {
        _web = await Backend.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = int.TryParse(context.Request.Path.Value?[1..], out var status) ? status : 200;
            context.Response.Headers["X-From"] = "web";
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"web\"";
            await context.Response.WriteAsync("page of the backend");
        });
        _errors = await Backend.StartAsync(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            context.Response.StatusCode = context.Request.Query["as"] is [{ } status] ? int.Parse(status, null) : 404;
            context.Response.Headers["X-From"] = "errors";
            string[] names = ["X-Code", "X-Format", "X-Original-URI", "X-Namespace", "X-Ingress-Name", "X-Service-Name", "X-Service-Port"];
            var told = names.Select(name => $"{name}={context.Request.Headers[name]}");
            await context.Response.WriteAsync(
                $"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()!.RawTarget} '{await body.ReadToEndAsync()}' {string.Join(' ', told)}");
        });
    }

    public async Task DisposeAsync()
    {
        await _web.DisposeAsync();
        await _errors.DisposeAsync();
    }

    [Fact]
    public async Task ErrorOfTheBackend_IsReplaced_AndTheServiceIsToldAll()
    {
        await using var proxy = await StartAsync(("error-page-service", "errors"), ("error-page-statuses", "404, 500-599"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/503?q=%20") { Headers = { { "Accept", "text/html" }, { "X-Code", "200" }, { "X-Namespace", "evil" } } };

        using var response = await SendAsync(proxy, request);

        Assert.Equal((HttpStatusCode.NotFound, "errors"), (response.StatusCode, response.Headers.GetValues("X-From").Single()));
        Assert.Equal(
            "GET /?q=%20 '' X-Code=503 X-Format=text/html X-Original-URI=/503?q=%20 X-Namespace=t X-Ingress-Name=i X-Service-Name=web X-Service-Port=80",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Status_IsThatOfTheService()
    {
        await using var proxy = await StartAsync(("error-page-service", "errors:80"), ("error-page-statuses", "404"));

        using var response = await SendAsync(proxy, new(HttpMethod.Get, "/404?as=200"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    // Correction 11: the method is that of the request; its body was for the backend.
    [Fact]
    public async Task Method_IsThatOfTheRequest_WithoutItsBody()
    {
        await using var proxy = await StartAsync(("error-page-service", "errors"), ("error-page-statuses", "500"));

        using var response = await SendAsync(proxy, new(HttpMethod.Post, "/500") { Content = new StringContent("body") });

        Assert.StartsWith("POST / '' X-Code=500", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/200", HttpStatusCode.OK)]
    [InlineData("/404", HttpStatusCode.NotFound)]
    [InlineData("/501", HttpStatusCode.NotImplemented)]
    public async Task OtherStatuses_StayAsTheyAre(string path, HttpStatusCode status)
    {
        await using var proxy = await StartAsync(("error-page-service", "errors"), ("error-page-statuses", "500, 502"));

        using var response = await SendAsync(proxy, new(HttpMethod.Get, path));

        Assert.Equal((status, "page of the backend"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    // What this side refuses is an error like any other.
    [Theory]
    [InlineData("allow-addresses", "10.0.0.0/8", 403)]
    [InlineData("body-size-limit", "1", 413)]
    [InlineData("rate-limit", "often", 503)]
    public async Task ErrorsOfTheGateway_AreReplacedToo(string name, string text, int status)
    {
        await using var proxy = await StartAsync(("error-page-service", "errors"), ("error-page-statuses", "403, 413, 503"), ("error-page-source", "gateway"), (name, text));

        using var response = await SendAsync(proxy, new(HttpMethod.Post, "/200") { Content = new StringContent("body") });

        Assert.StartsWith($"POST / '' X-Code={status} ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorsOfTheBackend_CanBeLeftAlone()
    {
        await using var proxy = await StartAsync(("error-page-service", "errors"), ("error-page-statuses", "503"), ("error-page-source", "gateway"));

        using var ofBackend = await SendAsync(proxy, new(HttpMethod.Get, "/503"));
        proxy.Publish(Snapshot(web: null, _errors.Port, ("error-page-service", "errors"), ("error-page-statuses", "503"), ("error-page-source", "gateway")));
        using var ofGateway = await SendAsync(proxy, new(HttpMethod.Get, "/503"));

        Assert.Equal("page of the backend", await ofBackend.Content.ReadAsStringAsync());
        Assert.StartsWith("GET / '' X-Code=503 ", await ofGateway.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackendThatRefuses_IsAnErrorOfTheGateway()
    {
        using var refusing = new RefusingEndpoint();
        await using var proxy = await Proxy.StartAsync(Snapshot(refusing.Port, _errors.Port, ("error-page-service", "errors"), ("error-page-statuses", "502")));

        using var response = await SendAsync(proxy, new(HttpMethod.Get, "/x"));

        Assert.StartsWith("GET / '' X-Code=502 ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // An error page that fails is not replaced by another one.
    [Fact]
    public async Task ServiceThatFailsItself_AnswersAsItDoes()
    {
        await using var proxy = await StartAsync(("error-page-service", "errors"), ("error-page-statuses", "503"));
        using var failing = await SendAsync(proxy, new(HttpMethod.Get, "/503?as=503"));
        proxy.Publish(Snapshot(web: null, errors: null, ("error-page-service", "errors"), ("error-page-statuses", "503")));
        using var gone = await SendAsync(proxy, new(HttpMethod.Get, "/503"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "errors"), (failing.StatusCode, failing.Headers.GetValues("X-From").Single()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, gone.StatusCode);
        Assert.StartsWith("503 Service Unavailable", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // A browser asks for the password only when it is told how.
    [Fact]
    public async Task Challenge_ReachesTheClient()
    {
        await using var proxy = await StartAsync(("error-page-service", "errors"), ("error-page-statuses", "401"));

        using var response = await SendAsync(proxy, new(HttpMethod.Get, "/401?as=401"));

        Assert.Equal("Basic realm=\"web\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task ErrorThatIsNotReplaced_KeepsItsWords()
    {
        await using var proxy = await StartAsync(("error-page-service", "errors"), ("error-page-statuses", "404"), ("allow-addresses", "10.0.0.0/8"));

        using var response = await SendAsync(proxy, new(HttpMethod.Get, "/200"));

        Assert.Equal((HttpStatusCode.Forbidden, "403 Forbidden.\n"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("error-page-statuses", "200")]
    [InlineData("error-page-statuses", "404-400")]
    [InlineData("error-page-statuses", "all")]
    [InlineData("error-page-service", "other/errors")]
    [InlineData("error-page-service", "errors:0")]
    [InlineData("error-page-service", "http://evil.test")]
    public async Task TextThatIsWrong_ReplacesNothing(string name, string text)
    {
        (string Name, string Text)[] all = [("error-page-service", "errors"), ("error-page-statuses", "404")];
        await using var proxy = await StartAsync([.. all.Where(pair => pair.Name != name), (name, text)]);

        using var response = await SendAsync(proxy, new(HttpMethod.Get, "/404"));

        Assert.Equal("page of the backend", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Fallback_TakesRequestsWhileNoEndpointIsReady()
    {
        await using var proxy = await StartAsync(("fallback-service", "errors"));
        using var ready = await SendAsync(proxy, new(HttpMethod.Get, "/200"));
        proxy.Publish(Snapshot(web: null, _errors.Port, ("fallback-service", "errors")));
        using var fallback = await SendAsync(proxy, new(HttpMethod.Post, "/any/path?as=200") { Content = new StringContent("body") });
        proxy.Publish(Snapshot(_web.Port, _errors.Port, ("fallback-service", "errors")));
        using var again = await SendAsync(proxy, new(HttpMethod.Get, "/200"));

        Assert.Equal(("page of the backend", "page of the backend"), (await ready.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync()));
        Assert.StartsWith("POST /any/path?as=200 'body' X-Code=503 ", await fallback.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fallback_WithoutEndpoints_ChangesNothing()
    {
        await using var proxy = await Proxy.StartAsync(Snapshot(web: null, errors: null, ("fallback-service", "errors")));

        using var response = await SendAsync(proxy, new(HttpMethod.Get, "/"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    // The Service is one of the policy alone: its changes have to arrive too.
    [Fact]
    public async Task Endpoints_OfTheService_AreFollowed()
    {
        await using var other = await Backend.StartAsync("other");
        await using var proxy = await StartAsync(("error-page-service", "errors"), ("error-page-statuses", "404"));
        using var first = await SendAsync(proxy, new(HttpMethod.Get, "/404"));

        var table = proxy.Router.Current;
        var before = Cluster.Slice("t/errors", _errors.Port);
        proxy.Router.Publish(table.Apply(new ClusterChange { Removed = [before.Reference], Upserted = [Cluster.Slice("t/errors", other.Port)] }));
        using var second = await SendAsync(proxy, new(HttpMethod.Get, "/404"));

        Assert.Equal(HttpStatusCode.NotFound, first.StatusCode);
        Assert.Equal("other", await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(10, HttpStatusCode.OK)]
    [InlineData(11, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(200_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task BodyThatGrowsPastTheLimit_Is413_AlsoOnItsWayToTheBackend(int length, HttpStatusCode status)
    {
        await using var proxy = await StartAsync(("body-size-limit", "10"));
        using var content = new WritingContent(stream => stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', length))).AsTask());

        using var response = await SendAsync(proxy, new(HttpMethod.Post, "/200") { Content = content });

        Assert.Equal(status, response.StatusCode);
    }

    private static Task<HttpResponseMessage> SendAsync(Proxy proxy, HttpRequestMessage request)
    {
        request.Headers.Host = "shop.test";
        return proxy.Client.SendAsync(request).InTime();
    }

    private Task<Proxy> StartAsync(params (string Name, string Text)[] annotations) => Proxy.StartAsync(Snapshot(_web.Port, _errors.Port, annotations));

    private static ClusterSnapshot Snapshot(int? web, int? errors, params (string Name, string Text)[] annotations) => new()
    {
        Ingresses =
        [
            Some.Ingress(
                "t/i", [Some.Rule("shop.test", Some.Prefix("/"))], annotations: annotations.ToDictionary(pair => $"ingress.routing/{pair.Name}", pair => pair.Text)),
        ],
        Services = [Some.Service("t/web"), Some.Service("t/errors")],
        EndpointSlices =
        [
            .. web is { } port ? [Cluster.Slice("t/web", port)] : Array.Empty<EndpointSliceResource>(),
            .. errors is { } other ? [Cluster.Slice("t/errors", other)] : Array.Empty<EndpointSliceResource>(),
        ],
    };
}
