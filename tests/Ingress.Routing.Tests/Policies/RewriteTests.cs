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

    // '/files/...html' is a path like any other, and what the pattern takes out of it is not.
    [Theory]
    [InlineData("/a/(.*)x$", "/a/..x")]
    [InlineData("/a/(.*)x$", "/a/.x")]
    [InlineData("/a/(.*)\\.html$", "/a/b/...html")]
    [InlineData("/a/(.*)$", "/a/...")]
    public void CapturesThatLeadOut_Are400_AndOthersAreNot(string pattern, string requested)
    {
        var outcome = PolicyScenario.Of(("rewrite-target", "/safe/$1"), ("rewrite-pattern", pattern)).Ask(requested);

        Assert.Equal(requested == "/a/..." ? (0, "/safe/...") : (400, null), (outcome.Status, outcome.Target));
    }

    [Fact]
    public void CapturesThatMakeAnEscapedDot_Are400()
        => Assert.Equal(400, PolicyScenario.Of(("rewrite-target", "/safe/.$1e"), ("rewrite-pattern", "/a/(%2)F")).Ask("/a/%2F").Status);

    [Theory]
    [InlineData("/x?id=$1", "/a/b&admin=1", "/x?id=b%26admin=1")]
    [InlineData("/x?id=$1", "/a/b+c", "/x?id=b%2Bc")]
    [InlineData("/x?id=$1&${query}", "/a/b?c=1&d=2", "/x?id=b&c=1&d=2")]
    [InlineData("/x/$1${query}", "/a/b?c=1", "/x/b?c=1")]
    [InlineData("/x/$1${query}", "/a/b", "/x/b")]
    public void Captures_StayInTheirPartOfTheTarget(string target, string requested, string forwarded)
        => Assert.Equal(forwarded, PolicyScenario.Of(("rewrite-target", target), ("rewrite-pattern", "/a/(.*)")).Ask(requested).Target);

    [Theory]
    [InlineData("rewrite-target", "/a/../b")]
    [InlineData("rewrite-target", "/a/%2e%2E/$1")]
    [InlineData("rewrite-target", "/a%zz")]
    [InlineData("rewrite-target", "/a#b")]
    [InlineData("rewrite-prefix", "/a/..")]
    public void TargetThatCannotBeForwarded_ClosesTheRoutes(string name, string text)
        => Assert.True(PolicyScenario.Of((name, text), ("rewrite-pattern", "/(a)")).Policies.IsClosed);
}
