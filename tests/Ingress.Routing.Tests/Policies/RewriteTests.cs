namespace Ingress.Routing.Tests.Policies;

public sealed class RewriteTests
{
    [Theory]
    [InlineData("/api", "/a", "/api")]
    [InlineData("/api", "/a/b?c", "/api/b?c")]
    [InlineData("/api/", "/a/b", "/api/b")]
    [InlineData("/", "/a", "/")]
    [InlineData("/", "/a/b/", "/b/")]
    public void Prefix_TakesThePlaceOfTheRulePath(string prefix, string requested, string target)
        => Assert.Equal(target, PolicyScenario.Of(("rewrite-prefix", prefix)).Ask(requested).Target);

    [Fact]
    public void Prefix_LeavesTheDefaultBackendAlone() => Assert.Null(PolicyScenario.Of(("rewrite-prefix", "/api")).Ask("/other").Target);

    [Fact]
    public void Strip_SaysWhatItTookAway()
    {
        var outcome = PolicyScenario.Of(("strip-prefix", "true")).Ask("/a/b?c");

        Assert.Equal(("/b?c", "/a"), (outcome.Target, outcome.StrippedPrefix));
    }

    [Theory]
    [InlineData("/x/$1", "/a/(.*)", "/a/b/c?q", "/x/b/c?q")]
    [InlineData("/x?id=$1", "/a/(.*)", "/a/b?q", "/x?id=b")]
    [InlineData("/x/$1", "/a/(b.*)", "/a/c", null)]
    [InlineData("/${host}${path}", null, "/a", "/h.test/a")]
    public void Target_TakesThePlaceOfThePath(string target, string? pattern, string requested, string? forwarded)
    {
        (string, string)[] annotations = pattern is null ? [("rewrite-target", target)] : [("rewrite-target", target), ("rewrite-pattern", pattern)];

        Assert.Equal(forwarded, PolicyScenario.Of(annotations).Ask(requested).Target);
    }

    // What is forwarded is canonical again, so that no backend resolves dots that we did not.
    [Fact]
    public void Target_IsMadeCanonical()
        => Assert.Equal("/", PolicyScenario.Of(("rewrite-target", "/safe/$1"), ("rewrite-pattern", "/a/(..)x$")).Ask("/a/..x").Target);
}
