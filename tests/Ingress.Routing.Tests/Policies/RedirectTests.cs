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
    public void Www_KeepsSchemePathAndQuery(string direction, string host, string? location)
        => Assert.Equal(location, PolicyScenario.Of(("www-redirect", direction)).Ask("/a?b", host, "https").Location);
}
