namespace Ingress.Routing.AspNetCore.Tests.Policies;

/// <summary>What policies answer and change, on the wire.</summary>
public sealed class RedirectAndRewriteTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    public async Task Redirect_HasLocationAndNoBody(string method)
    {
        await using var site = await PolicySite.StartAsync(("redirect-target", "/new${path}"), ("redirect-status", "308"));

        var response = await site.GetAsync("/a?b", method);

        Assert.Equal((308, "/new/a?b", ""), (response.Status, response.Headers["Location"], response.Body));
    }

    [Theory]
    [InlineData("/", 302, "/app")]
    [InlineData("/old/1", 301, "/new/1")]
    [InlineData("/else", 200, null)]
    public async Task AppRootAndPathRedirect_EachHaveTheirPaths(string target, int status, string? location)
    {
        await using var site = await PolicySite.StartAsync(
            ("app-root", "/app"), ("redirect-pattern", "/old/(.*)"), ("redirect-target", "/new/$1"), ("redirect-status", "301"));

        var response = await site.GetAsync(target);

        Assert.Equal((status, location), (response.Status, response.Headers.GetValueOrDefault("Location")));
    }

    // The other redirects come before, limits come after.
    [Theory]
    [InlineData("/", 302, "/app")]
    [InlineData("/old", 302, "/new")]
    [InlineData("/a?b", 301, "https://h.test/a?b")]
    public async Task RedirectToHttps_GoesAfterOtherRedirectsAndBeforeLimits(string target, int status, string location)
    {
        await using var site = await PolicySite.StartAsync(
            ("https-redirect", "true"), ("app-root", "/app"), ("redirect-pattern", "/old"), ("redirect-target", "/new"), ("rate-limit", "1/m"));

        Assert.All(
            new[] { await site.GetAsync(target), await site.GetAsync(target) },
            response => Assert.Equal((status, location), (response.Status, response.Headers["Location"])));
    }

    [Fact]
    public async Task RedirectToHttps_WhereClientCertificatesAreRequired_GoesBeforeAllOthers()
    {
        await using var site = await PolicySite.StartAsync(
            ("https-redirect", "true"), ("client-certificates", "require"), ("app-root", "/app"), ("redirect-target", "/new"));

        var response = await site.GetAsync();

        Assert.Equal((301, "https://h.test/"), (response.Status, response.Headers["Location"]));
    }

    [Fact]
    public async Task ClosedRoute_AnswersNothingElse()
    {
        await using var site = await PolicySite.StartAsync(("rate-limit", "ten"), ("app-root", "/app"), ("redirect-target", "/new"));

        var response = await site.GetAsync();

        Assert.Equal((503, false), (response.Status, response.Headers.ContainsKey("Location")));
    }

    [Theory]
    [InlineData("/a/b?c", "/x/b?c")]
    [InlineData("/a/%2e%2e/b", "/b")]
    public async Task Rewrite_IsWhatServesTheRouteSees(string target, string forwarded)
    {
        await using var site = await PolicySite.StartAsync(("rewrite-target", "/x/$1"), ("rewrite-pattern", "/a/(.*)"));

        Assert.Equal(forwarded, (await site.GetAsync(target)).Body);
    }

    [Fact]
    public async Task Rewrite_IsWhatAResourceBackendSees()
    {
        var snapshot = Some.Snapshot(Some.Ingress(
            "t/i",
            [],
            Some.Resource("Bucket", "icons", "example.com"),
            annotations: new Dictionary<string, string> { ["ingress.routing/rewrite-target"] = "/v2${path}", ["ingress.routing/rate-limit"] = "1/m" }));
        await using var site = await PolicySite.StartAsync(
            snapshot,
            configure: ingress => ingress.AddResourceBackend(
                "example.com", "Bucket", (context, _) => context.Response.WriteAsync($"{context.GetIngressMatch()!.ForwardedPath}")));

        Assert.Equal("/v2/a.svg", (await site.GetAsync("/a.svg")).Body);
        Assert.Equal(429, await site.StatusAsync("/a.svg"));
    }

    [Fact]
    public async Task RouteWithoutABackend_RedirectsAllTheSame()
    {
        var snapshot = Some.Snapshot(Some.Ingress(
            "t/i",
            [Some.Rule("h.test", Some.Prefix("/", "nothing"))],
            annotations: new Dictionary<string, string> { ["ingress.routing/app-root"] = "/app", ["ingress.routing/response-headers-set"] = "X-A: b" }));
        await using var site = await PolicySite.StartAsync(snapshot);

        var unavailable = await site.GetAsync("/a");

        Assert.Equal(302, await site.StatusAsync());
        Assert.Equal((503, "b"), (unavailable.Status, unavailable.Headers["X-A"]));
    }

    [Fact]
    public async Task RequestWithoutAHost_IsNotSentAnywhere()
    {
        await using var site = await PolicySite.StartAsync(Some.Snapshot(Some.Ingress(
            "t/i", [Some.Rule(null, Some.Prefix("/"))], annotations: new Dictionary<string, string> { ["ingress.routing/redirect-scheme"] = "https" })));

        Assert.Equal(400, (await RawResponse.SendAsync(site.Site.Port, "GET /evil.test HTTP/1.0\r\n\r\n")).Status);
        Assert.Equal(400, (await RawResponse.SendAsync(site.Site.Port, "GET /evil.test HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n")).Status);
    }
}
