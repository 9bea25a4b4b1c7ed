using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

public sealed class CorsTests
{
    private const string Good = "Origin: https://good.test";
    private const string Preflight = "Access-Control-Request-Method: PUT";

    [Fact]
    public async Task AdmittedOrigin_GetsAllHeaders_InPlaceOfThoseOfTheBackend()
    {
        await using var site = await PolicySite.StartAsync(
            PolicySite.Snapshot(("cors-origins", "https://good.test"), ("cors-credentials", "true"), ("cors-exposed-headers", "X-A, X-B"), ("cors-max-age", "60")),
            context =>
            {
                context.Response.Headers.AccessControlAllowOrigin = "*";
                context.Response.Headers.AccessControlAllowMethods = "TRACE";
                context.Response.Headers.Vary = "Accept";
                return context.Response.WriteAsync("web");
            });

        var response = await site.GetAsync("/", "GET", Good);

        Assert.Equal("https://good.test", response.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal("true", response.Headers["Access-Control-Allow-Credentials"]);
        Assert.Equal(Cors.DefaultMethods, response.Headers["Access-Control-Allow-Methods"]);
        Assert.Equal(Cors.DefaultHeaders, response.Headers["Access-Control-Allow-Headers"]);
        Assert.Equal("X-A, X-B", response.Headers["Access-Control-Expose-Headers"]);
        Assert.Equal("60", response.Headers["Access-Control-Max-Age"]);
    }

    [Theory]
    [InlineData("Origin: https://evil.test")]
    [InlineData("Origin: evilhttps://good.test")]
    [InlineData("Origin: https://good.test.evil.test")]
    [InlineData("Origin: https://good.test:8443")]
    [InlineData("Origin: http://good.test")]
    [InlineData("Origin: https://good.test/")]
    [InlineData("Origin: null")]
    [InlineData("Origin: ")]
    [InlineData("X-Origin: https://good.test")]
    public async Task OtherOrigin_GetsNothing_AndItsRequestsGoOn(string origin)
    {
        await using var site = await PolicySite.StartAsync(("cors-origins", "https://good.test"));

        var get = await site.GetAsync("/", "GET", origin);
        var options = await site.GetAsync("/", "OPTIONS", origin, Preflight);

        Assert.Equal((200, 200, "web", "web"), (get.Status, options.Status, get.Headers["X-Backend"], options.Headers["X-Backend"]));
        Assert.DoesNotContain(get.Headers.Keys.Concat(options.Headers.Keys), name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("Origin", get.Headers["Vary"]); // a cache must not give this answer to the one who is admitted
    }

    [Theory]
    [InlineData("https://*.good.test", "https://a.good.test", true)]
    [InlineData("https://*.good.test", "https://A.GOOD.test", true)]
    [InlineData("https://*.good.test", "https://a.b.good.test", false)]
    [InlineData("https://*.good.test", "https://good.test", false)]
    [InlineData("https://*.good.test", "https://.good.test", false)]
    [InlineData("https://*.good.test", "https://evil.test/.good.test", false)]
    [InlineData("https://*.good.test", "https://evil.test#.good.test", false)]
    [InlineData("https://*.good.test:8443", "https://a.good.test:8443", true)]
    [InlineData("https://*.good.test:8443", "https://a.good.test", false)]
    [InlineData("https://good.test", "HTTPS://Good.Test", true)]
    [InlineData("myapp://good.test", "myapp://good.test", true)]
    [InlineData("null", "null", true)]
    [InlineData("null", "nullx", false)]
    [InlineData("*", "https://anybody.test", true)]
    public void Admits_ComparesTheWholeOrigin(string written, string origin, bool isAdmitted)
    {
        Assert.True(CorsOrigin.TryParse(written, out var admitted));

        Assert.Equal(isAdmitted, admitted.Admits(origin));
    }

    [Theory]
    [InlineData("good.test")]
    [InlineData("https://")]
    [InlineData("https://good.test/")]
    [InlineData("https://good.test/path")]
    [InlineData("https://*")]
    [InlineData("https://*.")]
    [InlineData("https://a.*.test")]
    [InlineData("https://*a.test")]
    [InlineData("https://good.test:")]
    [InlineData("https://good.test:port")]
    [InlineData("https://good.test:99999")]
    [InlineData("https://user@good.test")]
    [InlineData("https://good..test")]
    [InlineData("https://good.test$")]
    [InlineData("https://good.test|.*")]
    [InlineData("HTTPS://good.test")]
    [InlineData("://good.test")]
    [InlineData("")]
    public void TryParse_TextThatIsNoOrigin_IsRefused(string text) => Assert.False(CorsOrigin.TryParse(text, out _));

    // A slip of the pen must not open the answers to everybody.
    [Theory]
    [InlineData("good.test")]
    [InlineData("https://good.test, evil")]
    [InlineData("https://good.test;*")]
    [InlineData("https://good.test\nX-Evil: 1")]
    [InlineData("")]
    public async Task TextThatIsNoList_AdmitsNobody(string origins)
    {
        await using var site = await PolicySite.StartAsync(("cors-origins", origins), ("cors-credentials", "true"));

        var response = await site.GetAsync("/", "GET", Good);

        Assert.Equal(200, response.Status);
        Assert.DoesNotContain(response.Headers.Keys, name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("cors-methods", "GET\r\nX-Evil: 1", "Access-Control-Allow-Methods", Cors.DefaultMethods)]
    [InlineData("cors-methods", "GET, (", "Access-Control-Allow-Methods", Cors.DefaultMethods)]
    [InlineData("cors-headers", "X-A: b", "Access-Control-Allow-Headers", Cors.DefaultHeaders)]
    [InlineData("cors-max-age", "-1", "Access-Control-Max-Age", "1728000")]
    public async Task OtherTextThatIsWrong_LeavesTheDefault(string name, string text, string header, string value)
    {
        await using var site = await PolicySite.StartAsync(("cors-origins", "*"), (name, text));

        var response = await site.GetAsync("/", "GET", Good);

        Assert.Equal(value, response.Headers[header]);
        Assert.DoesNotContain("X-Evil", response.Headers.Keys);
    }

    [Fact]
    public async Task AnyOrigin_GetsTheAsterisk_WithOrWithoutOrigin()
    {
        await using var site = await PolicySite.StartAsync(("cors-origins", "https://good.test, *"));

        var with = await site.GetAsync("/", "GET", "Origin: https://anybody.test");
        var without = await site.GetAsync();

        Assert.Equal(("*", "*"), (with.Headers["Access-Control-Allow-Origin"], without.Headers["Access-Control-Allow-Origin"]));
        Assert.DoesNotContain("Vary", with.Headers.Keys);
    }

    // A browser sends no credentials with it, so nothing that asks for them may come first (1.7).
    [Theory]
    [InlineData("allow-addresses", "10.0.0.0/8")]
    [InlineData("redirect-target", "/new")]
    [InlineData("rate-limit", "1/m")]
    public async Task Preflight_IsAnsweredBeforeEverythingThatRefuses(string name, string text)
    {
        await using var site = await PolicySite.StartAsync(("cors-origins", "https://good.test"), (name, text));

        for (var i = 0; i < 3; i++)
        {
            var response = await site.GetAsync("/", "OPTIONS", Good, Preflight);
            Assert.Equal((204, "https://good.test"), (response.Status, response.Headers["Access-Control-Allow-Origin"]));
            Assert.DoesNotContain("X-Backend", response.Headers.Keys);
        }
    }

    [Theory]
    [InlineData("allow-addresses", "10.0.0.0/8", 403)]
    [InlineData("redirect-target", "/new", 302)]
    public async Task RefusalsAndRedirects_CarryTheHeaders(string name, string text, int status)
    {
        await using var site = await PolicySite.StartAsync(("cors-origins", "https://good.test"), (name, text));

        var response = await site.GetAsync("/", "GET", Good);

        Assert.Equal((status, "https://good.test"), (response.Status, response.Headers["Access-Control-Allow-Origin"]));
    }

    [Fact]
    public async Task Options_ThatIsNoPreflight_GoesToTheBackend()
    {
        await using var site = await PolicySite.StartAsync(("cors-origins", "*"));

        Assert.Equal("web", (await site.GetAsync("/", "OPTIONS", Good)).Headers["X-Backend"]);
        Assert.Equal("web", (await site.GetAsync("/", "OPTIONS", Preflight)).Headers["X-Backend"]);
    }
}
