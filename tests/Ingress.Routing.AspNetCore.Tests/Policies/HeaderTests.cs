namespace Ingress.Routing.AspNetCore.Tests.Policies;

public sealed class HeaderTests
{
    [Fact]
    public async Task RequestHeaders_AreSetAddedAndRemoved()
    {
        await using var site = await PolicySite.StartAsync(
            ("request-headers-set", "X-Team: shop\nX-From: ${client_address}"), ("request-headers-add", "X-Via: us"), ("request-headers-remove", "X-Secret"));

        var response = await site.GetAsync("/", "GET", "X-Team: evil", "X-Via: them", "X-Secret: a", "x-secret: b");

        Assert.Equal("/ X-Team=shop X-Via=them|us X-From=127.0.0.1", response.Body);
    }

    // Nothing of the request ends a header and begins another one.
    [Fact]
    public async Task Variables_CannotBeginAnotherHeader()
    {
        await using var site = await PolicySite.StartAsync(("response-headers-set", "X-Where: ${host}${path}${query}"));

        var response = await site.GetAsync("/a%0d%0aX-Evil:%201?b%0d%0aX-Evil: 2".Replace(" ", "%20", StringComparison.Ordinal));

        Assert.Equal("h.test/a%0D%0AX-Evil:%201?b%0d%0aX-Evil:%202", response.Headers["X-Where"]);
        Assert.False(response.Headers.ContainsKey("X-Evil"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task ResponseHeaders_AreThoseOfTheBackendAndOurs(string method)
    {
        await using var site = await PolicySite.StartAsync(
            ("response-headers-set", "X-Frame-Options: DENY"), ("response-headers-remove", "X-Backend"));

        var response = await site.GetAsync("/", method);

        Assert.Equal((200, "DENY", false), (response.Status, response.Headers["X-Frame-Options"], response.Headers.ContainsKey("X-Backend")));
        Assert.Equal(method == "HEAD" ? "" : "/", response.Body);
    }

    [Theory]
    [InlineData("app-root", "/app", 302)]
    [InlineData("redirect-target", "/new", 302)]
    [InlineData("redirect-target", "new", 503)]
    [InlineData("concurrency-limit", "x", 503)]
    public async Task ResponseHeaders_AreOnAnswersOfPolicies(string name, string text, int status)
    {
        await using var site = await PolicySite.StartAsync(("response-headers-set", "X-Frame-Options: DENY"), (name, text));

        var response = await site.GetAsync();

        Assert.Equal((status, "DENY"), (response.Status, response.Headers["X-Frame-Options"]));
    }

    [Fact]
    public async Task ResponseHeaders_AreOnRefusalsOfLimits()
    {
        await using var site = await PolicySite.StartAsync(("response-headers-set", "X-Frame-Options: DENY"), ("rate-limit", "1/m"));
        await site.GetAsync();

        var response = await site.GetAsync();

        Assert.Equal((429, "DENY", "60"), (response.Status, response.Headers["X-Frame-Options"], response.Headers["Retry-After"]));
    }
}
