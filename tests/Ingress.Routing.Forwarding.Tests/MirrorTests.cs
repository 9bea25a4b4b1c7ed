using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Ingress.Routing.Forwarding.Mirroring;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Copies of requests go somewhere else, and the requests never notice.</summary>
public sealed class MirrorTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _copies = new();
    private Backend _web = null!;
    private Backend _shadow = null!;

    public async Task InitializeAsync()
    {
        _web = await Backend.StartAsync(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"web '{await body.ReadToEndAsync()}'");
        });
        _shadow = await Backend.StartAsync(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var text = await body.ReadToEndAsync();
            _copies.Enqueue(
                $"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()!.RawTarget} {context.Request.Host} '{(text.Length < 100 ? text : text.Length)}' {context.Request.Headers["X-Team"]}");
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync("answer of the shadow");
        });
    }

    public async Task DisposeAsync()
    {
        await _web.DisposeAsync();
        await _shadow.DisposeAsync();
    }

    [Fact]
    public async Task Request_IsCopied_AndTheAnswerThrownAway()
    {
        await using var proxy = await StartAsync(Target("${path}${query}"), ("request-headers-set", "X-Team: shop"));

        Assert.Equal("web ''", await GetAsync(proxy, "/a/b%2Fc?q=1"));
        Assert.Equal("web 'body'", await PostAsync(proxy, "/post", "body"));

        await Eventually.Holds(() => _copies.Count == 2, "both requests are copied");
        Assert.Equal(
            [$"GET /a/b%2Fc?q=1 127.0.0.1:{_shadow.Port} '' shop", $"POST /post 127.0.0.1:{_shadow.Port} 'body' shop"], _copies.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Host_AndBody_AreWhatTheAnnotationsSay()
    {
        await using var proxy = await StartAsync(Target("/fixed"), ("mirror-host", "shadow.test"), ("mirror-request-body", "false"));

        Assert.Equal("web 'body'", await PostAsync(proxy, "/post?q", "body"));

        await Eventually.Holds(() => _copies.Count == 1, "the request is copied");
        Assert.Equal("POST /fixed?q shadow.test '' ".Replace("?q", "", StringComparison.Ordinal), _copies.Single());
    }

    // Correction 30: what a policy answers reaches no backend, so there is nothing to copy.
    [Theory]
    [InlineData("allow-addresses", "10.0.0.0/8")]
    [InlineData("redirect-target", "/new")]
    [InlineData("body-size-limit", "1")]
    public async Task RequestThatAPolicyAnswers_IsNotCopied(string name, string text)
    {
        await using var proxy = await StartAsync(Target("/"), (name, text));
        using (await SendAsync(proxy, new(HttpMethod.Post, "/x") { Content = new StringContent("body") }))
        {
            proxy.Publish(Snapshot(Target("/last")));
        }

        await GetAsync(proxy, "/x");
        await Eventually.Holds(() => !_copies.IsEmpty, "the last request is copied");

        Assert.StartsWith("GET /last ", Assert.Single(_copies), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")] // nothing listens
    [InlineData("http://nowhere.invalid/")]
    public async Task TargetThatIsDown_HarmsNothing(string target)
    {
        await using var proxy = await StartAsync(("mirror-target", target));

        Assert.Equal("web 'body'", await PostAsync(proxy, "/", "body"));
        await Eventually.Holds(() => proxy.Services.GetRequiredService<MirrorSender>().Copies == 0, "the room is given back");
    }

    [Fact]
    public async Task TargetThatHangs_DelaysNothing_AndTakesNoMoreThanItsRoom()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hanging = await Backend.StartAsync(async context =>
        {
            _copies.Enqueue("copy");
            await goOn.Task.WaitAsync(context.RequestAborted);
        });
        await using var proxy = await StartAsync(("mirror-target", $"http://127.0.0.1:{hanging.Port}/"));
        var sender = proxy.Services.GetRequiredService<MirrorSender>();

        for (var i = 0; i < MirrorSender.MaxCopies + 20; i++)
        {
            Assert.Equal("web 'body'", await PostAsync(proxy, "/", "body"));
        }

        await Eventually.Holds(() => _copies.Count == MirrorSender.MaxCopies, "as many as there is room for are on their way");
        Assert.Equal(MirrorSender.MaxCopies, sender.Copies);
        goOn.SetResult();
        await Eventually.Holds(() => sender.Copies == 0, "the room is given back");
    }

    [Theory]
    [InlineData(WatchedBody.MaxLength, true)]
    [InlineData(WatchedBody.MaxLength + 1, false)]
    public async Task Body_IsKeptUpToABound(int length, bool isCopied)
    {
        await using var proxy = await StartAsync(Target("/"));

        Assert.Equal(length + 6, (await PostAsync(proxy, "/", new string('x', length))).Length);
        proxy.Publish(Snapshot(Target("/last")));
        await GetAsync(proxy, "/");
        await Eventually.Holds(() => _copies.Any(copy => copy.StartsWith("GET /last", StringComparison.Ordinal)), "the last request is copied");
        await Eventually.Holds(() => proxy.Services.GetRequiredService<MirrorSender>().Copies == 0, "the room is given back");

        Assert.Equal(isCopied, _copies.Any(copy => copy.Contains($"'{length}'", StringComparison.Ordinal)));
    }

    // A mirror that leads to the gateway itself would otherwise never end.
    [Fact]
    public async Task MirrorThatLeadsBack_ComesToAnEnd()
    {
        await using var proxy = await StartAsync(("mirror-target", "http://127.0.0.1:1/"));
        proxy.Publish(Snapshot(("mirror-target", $"http://127.0.0.1:{proxy.Http1.Port}/"), ("mirror-host", "shop.test")));

        Assert.Equal("web ''", await GetAsync(proxy, "/"));

        await Eventually.Holds(() => proxy.Services.GetRequiredService<MirrorSender>().Copies == 0, "there are no more copies");
    }

    // Correction 33, and the classes of attack by annotation: what is no constant URL is sent nowhere.
    [Theory]
    [InlineData("shadow.test")]
    [InlineData("ftp://shadow.test/")]
    [InlineData("http://${host}/")]
    [InlineData("http://shadow.test${query}")]
    [InlineData("http://a@shadow.test/")]
    [InlineData("http://shadow.test/ evil")]
    [InlineData("http://shadow.test/;\n}\nlocation /x {")]
    [InlineData("http://shadow.test$request_uri")]
    [InlineData("unix:/var/run/docker.sock")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public async Task TextThatIsNoTarget_MirrorsNowhere(string target)
    {
        await using var proxy = await StartAsync(("mirror-target", target));

        Assert.Equal("web ''", await GetAsync(proxy, "/"));

        Assert.Empty(proxy.Router.Current.Match("shop.test", "/").Route!.Policies.All);
    }

    private (string, string) Target(string path) => ("mirror-target", $"http://127.0.0.1:{_shadow.Port}{path}");

    private static async Task<string> GetAsync(Proxy proxy, string target)
    {
        using var response = await SendAsync(proxy, new(HttpMethod.Get, target));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<string> PostAsync(Proxy proxy, string target, string body)
    {
        using var response = await SendAsync(proxy, new(HttpMethod.Post, target) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body)) });
        return await response.Content.ReadAsStringAsync();
    }

    private static Task<HttpResponseMessage> SendAsync(Proxy proxy, HttpRequestMessage request)
    {
        request.Headers.Host = "shop.test";
        return proxy.Client.SendAsync(request).InTime();
    }

    private Task<Proxy> StartAsync(params (string Name, string Text)[] annotations) => Proxy.StartAsync(Snapshot(annotations));

    private ClusterSnapshot Snapshot(params (string Name, string Text)[] annotations) => new()
    {
        Ingresses =
        [
            Some.Ingress(
                "t/i", [Some.Rule("shop.test", Some.Prefix("/"))], annotations: annotations.ToDictionary(pair => $"ingress.routing/{pair.Name}", pair => pair.Text)),
        ],
        Services = [Some.Service("t/web")],
        EndpointSlices = [Cluster.Slice("t/web", _web.Port)],
    };
}
