using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Policies;

public sealed class RedirectTests
{
    [Theory]
    [InlineData("/new", "/a", "/new")]
    [InlineData("/new", "/a?x=1", "/new?x=1")]
    [InlineData("/new?y=2", "/a?x=1", "/new?y=2")]
    [InlineData("/new${path}", "/a/b", "/new/a/b")]
    [InlineData("https://other.test${path}", "/a", "https://other.test/a")]
    [InlineData("https://other.test/x", "/a?q", "https://other.test/x?q")]
    [InlineData("/${host}/$$", "/a", "/h.test/$")]
    public void Target_IsExpanded(string target, string requested, string location)
        => Assert.Equal(location, PolicyScenario.Of(("redirect-target", target)).Ask(requested).Location);

    [Theory]
    [InlineData("/a/(?<id>[0-9]+)", "/items/${id}", "/a/42", "/items/42")]
    [InlineData("/a/([^/]+)/(.*)", "/$2/$1", "/a/b/c/d", "/c/d/b")]
    [InlineData("/a/x", "/y", "/a/z", null)]
    [InlineData("(/a|/b)$", "$1-new", "/a", "/a-new")]
    public void Pattern_DecidesAndCaptures(string pattern, string target, string requested, string? location)
        => Assert.Equal(location, PolicyScenario.Of(("redirect-target", target), ("redirect-pattern", pattern)).Ask(requested).Location);

    // A capture must not begin a host: two slashes would.
    [Fact]
    public void Target_NeverLeavesTheHostByACapture()
    {
        var options = new RouteTableOptions { KeepSlashes = true };
        var scenario = PolicyScenario.Under(options, ("redirect-target", "$1"), ("redirect-pattern", "/a(.*)"));

        Assert.Equal("/evil.test", scenario.Ask("/a//evil.test").Location);
    }

    [Theory]
    [InlineData("/new${query}", "/a?x=1", "/new?x=1")]
    [InlineData("/new${query}", "/a", "/new")]
    [InlineData("/new?a=1&${query}", "/a?x=1", "/new?a=1&x=1")]
    [InlineData("/new#part", "/a?x=1", "/new?x=1#part")]
    [InlineData("/find?p=${path}", "/a/b&c", "/find?p=/a/b%26c")]
    public void Query_IsThereOnce_AndBeforeTheFragment(string target, string requested, string location)
        => Assert.Equal(location, PolicyScenario.Of(("redirect-target", target)).Ask(requested).Location);

    // Clients read 'https:///evil.test' as a URL of evil.test.
    [Fact]
    public void Scheme_WithoutAHost_Is400()
    {
        var table = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress(
            "t/i", [Some.Rule(null, Some.Prefix("/"))], annotations: new Dictionary<string, string> { ["ingress.routing/redirect-scheme"] = "https" })));
        var match = table.Match("", "/evil.test");

        Assert.Equal(400, match.Route!.Policies.Evaluate(new PolicyRequest(match, "")).Status);
    }

    [Theory]
    [InlineData("redirect-target", "/straße")]
    [InlineData("redirect-target", "/a b")]
    [InlineData("redirect-target", "/a%")]
    [InlineData("redirect-target", "$$evil")]
    [InlineData("redirect-target", "https://${host}/")]
    [InlineData("redirect-target", "https://a.test$1")]
    [InlineData("redirect-target", "https://a.test@${path}")]
    [InlineData("redirect-target", "//evil.test\n/x")]
    [InlineData("redirect-host", "bücher.test")]
    [InlineData("redirect-host", "a.test/x")]
    [InlineData("redirect-host", "u@a.test")]
    [InlineData("redirect-host", "*.a.test")]
    [InlineData("redirect-host", "a.test:x")]
    [InlineData("redirect-host", "")]
    [InlineData("redirect-pattern", "x)|(?:y")]
    public void TextThatLeadsNowhere_ClosesTheRoutes(string name, string text)
        => Assert.True(PolicyScenario.Of((name, text), ("redirect-status", "301"), (name == "redirect-target" ? "redirect-pattern" : "redirect-target", "/(a)")).Policies.IsClosed);

    [Theory]
    [InlineData("a.test:80")]
    [InlineData("a.test:8443")]
    [InlineData("[::1]:8443")]
    public void Host_MayHaveAPort(string host) => Assert.Equal($"http://{host}/a", PolicyScenario.Of(("redirect-host", host)).Ask("/a").Location);

    [Fact]
    public void UrlAndHost_ContradictEachOther()
        => Assert.True(PolicyScenario.Of(("redirect-target", "https://a.test/"), ("redirect-host", "b.test")).Policies.IsClosed);

    // Two slashes at the start of a target of the author's own are taken together as well.
    [Fact]
    public void Target_OfTwoSlashes_StaysOnTheHost() => Assert.Equal("/evil.test/x", PolicyScenario.Of(("redirect-target", "//evil.test/x")).Ask("/a").Location);

    [Fact]
    public void HostAndScheme_KeepPathAndQuery()
    {
        var scenario = PolicyScenario.Of(("redirect-host", "new.test"), ("redirect-scheme", "https"), ("redirect-status", "308"));

        Assert.Equal((308, "https://new.test/a/b?c"), (scenario.Ask("/a/b?c").Status, scenario.Ask("/a/b?c").Location));
    }

    [Fact]
    public void RedirectToItself_GoesOn()
    {
        var scenario = PolicyScenario.Of(("redirect-target", "/a/new"));

        Assert.Equal("/a/new", scenario.Ask("/a/old").Location);
        Assert.False(scenario.Ask("/a/new").IsAnswer);
    }

    [Fact]
    public void QueryThatNoHeaderCanHold_Is400() => Assert.Equal(400, PolicyScenario.Of(("redirect-target", "/b")).Ask("/a?é").Status);

    [Theory]
    [InlineData("/", "/app")]
    [InlineData("/a", null)]
    public void AppRoot_IsForTheRootAlone(string requested, string? location)
        => Assert.Equal(location, PolicyScenario.Of(("app-root", "/app")).Ask(requested).Location);

    [Theory]
    [InlineData("to-www", "h.test", "https://www.h.test/a?b")]
    [InlineData("from-www", "h.test", null)]
    [InlineData("to-www", "192.0.2.1", null)]
    [InlineData("to-www", "[2001:db8::1]", null)]
    [InlineData("from-www", "www.other.test", "https://other.test/a?b")]
    public void Www_KeepsSchemePathAndQuery(string direction, string host, string? location)
    {
        var table = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress(
            "t/i", [Some.Rule(null, Some.Prefix("/"))], annotations: new Dictionary<string, string> { ["ingress.routing/www-redirect"] = direction })));
        var match = table.Match(host, "/a?b");

        Assert.Equal(location, match.Route!.Policies.Evaluate(new PolicyRequest(match, host) { Scheme = "https" }).Location);
    }
}
