
namespace Ingress.Routing.AspNetCore.Tests;

/// <summary>Targets and hosts as raw sockets send them to Kestrel (semantics 8 and 9; platform facts of Kestrel).</summary>
public sealed class RequestTargetTests : IAsyncLifetime
{
    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TestSite.StartAsync(
        Some.Snapshot(
            Some.Ingress("shop/h", [Some.Rule("h.test", Some.Prefix("/"), Some.Prefix("/admin"))]),
            Some.Ingress("shop/wild", [Some.Rule("*.wild.test", Some.Prefix("/"))]),
            Some.Ingress("shop/cafe", [Some.Rule("xn--caf-dma.test", Some.Prefix("/"))]),
            Some.Ingress("shop/any", [Some.Rule(null, Some.Prefix("/any"))])),
        Serving.Echo);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a?", "/a?")]
    [InlineData("/a?b=/../c#d", "/a?b=/../c#d")]
    [InlineData("//a", "/a")]
    [InlineData("/a//b", "/a/b")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData("/../a", "/a")]
    [InlineData("/a//../b", "/a/b")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a%252Fb", "/a%252Fb")]
    [InlineData("/a/%2e%2e%2fb", "/a/..%2Fb")]
    [InlineData("/a%5Cb", "/a%5Cb")]
    [InlineData("/%41%7e", "/A~")]
    [InlineData("/caf%c3%a9", "/caf%C3%A9")]
    [InlineData("/a%FFb", "/a%FFb")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/a|b", "/a%7Cb")]
    [InlineData("/a;p=1/b+c", "/a;p=1/b+c")]
    [InlineData("http://h.test/p?x", "/p?x")]
    public async Task Target_IsMatchedAsTheRawTextSays_Trap1(string target, string expected)
    {
        var response = await _site.GetAsync(target);

        Assert.Equal((200, $"shop/h/0/0 {expected}"), (response.Status, response.Body));
    }

    [Theory]
    [InlineData("/x/%2e%2e/admin")]
    [InlineData("//admin")]
    [InlineData("/%61dmin")]
    [InlineData("/./admin/.")]
    public async Task Target_OtherSpellingOfAProtectedPath_ReachesItsRule(string target)
        => Assert.StartsWith("shop/h/0/1 /admin", (await _site.GetAsync(target)).Body, StringComparison.Ordinal);

    [Theory]
    [InlineData("/a#b")]
    [InlineData("/a\tb")]
    [InlineData("/a\u007Fb")]
    [InlineData("/a%zz")]
    [InlineData("/a%")]
    [InlineData("/%u0041")]
    [InlineData("/a%00b")]
    [InlineData("/a\u00E9")]
    public async Task Target_KestrelLetsThroughOrNot_IsABadRequest_Trap24(string target)
        => Assert.Equal(400, (await _site.GetAsync(target)).Status);

    [Fact]
    public async Task Target_Asterisk_IsABadRequest() => Assert.Equal(400, (await _site.GetAsync("*", method: "OPTIONS")).Status);

    [Fact]
    public async Task Target_OfConnect_IsABadRequest()
        => Assert.Equal(400, (await _site.GetAsync("h.test:443", "h.test:443", "CONNECT")).Status);

    [Theory]
    [InlineData("H.TEST", "shop/h/0/0")]
    [InlineData("h.test.", "shop/h/0/0")]
    [InlineData("h.test:8080", "shop/h/0/0")]
    [InlineData("a.wild.test", "shop/wild/0/0")]
    [InlineData("xn--caf-dma.test", "shop/cafe/0/0")]
    [InlineData("XN--CAF-DMA.test:80", "shop/cafe/0/0")]
    public async Task Host_IsMatchedAsTheRawTextSays_Trap2(string host, string expected)
        => Assert.Equal($"{expected} /a", (await _site.GetAsync("/a", host)).Body);

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:80")]
    [InlineData("unknown.test")]
    [InlineData("a.b.wild.test")]
    [InlineData("wild.test")]
    public async Task Host_OfNoNamedBucket_MeetsTheHostlessRules(string host)
    {
        Assert.Equal("shop/any/0/0 /any", (await _site.GetAsync("/any", host)).Body);
        Assert.Equal(404, (await _site.GetAsync("/other", host)).Status);
    }

    [Theory]
    [InlineData(".wild.test")]
    [InlineData("a..h.test")]
    [InlineData("h.test..")]
    public async Task Host_WithEmptyLabel_IsABadRequest(string host) => Assert.Equal(400, (await _site.GetAsync("/", host)).Status);

    [Fact]
    public async Task Host_MissingInHttp10_MeetsTheHostlessRules()
        => Assert.Equal("shop/any/0/0 /any", (await RawResponse.SendAsync(_site.Port, "GET /any HTTP/1.0\r\n\r\n")).Body);

    [Fact]
    public async Task Host_DiffersFromAbsoluteTarget_IsABadRequest()
        => Assert.Equal(400, (await _site.GetAsync("http://h.test/", "other.test")).Status);

    [Theory]
    [InlineData("X-Forwarded-Host: h.test")]
    [InlineData("X-Original-URL: /any")]
    [InlineData("X-Rewrite-URL: /any")]
    [InlineData("Forwarded: host=h.test")]
    public async Task Header_OfProxies_DoesNotRoute_Trap26(string header)
    {
        var request = $"GET /other HTTP/1.1\r\nHost: unknown.test\r\n{header}\r\nConnection: close\r\n\r\n";

        Assert.Equal(404, (await RawResponse.SendAsync(_site.Port, request)).Status);
    }

    [Fact]
    public async Task RejectEncodedSeparators_Set_IsABadRequest()
    {
        await using var strict = await TestSite.StartAsync(
            new ClusterSnapshot { Ingresses = _site.Router.Current.Snapshot.Ingresses },
            Serving.Echo,
            options: options => options.RejectEncodedSeparators = true);

        Assert.Equal(400, (await strict.GetAsync("/a%2Fb")).Status);
        Assert.Equal(200, (await strict.GetAsync("/a%3Fb")).Status);
    }
}
