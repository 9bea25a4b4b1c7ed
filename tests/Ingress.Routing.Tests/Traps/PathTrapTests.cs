using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Traps;

/// <summary>The traps of section 19 of the semantics that concern paths.</summary>
public sealed class PathTrapTests
{
    // What Request.Path makes equal stays apart. That the middleware hands over the raw target is tested with ASP.NET Core.
    [Fact]
    public void Trap01_RawTarget_KeepsApartWhatADecodedPathMixesUp()
    {
        var rule = Some.Rule(null, Some.ImplementationSpecific("/a%2Fb", "once"), Some.Exact("/a%252Fb", "twice"), Some.Exact("/a/b", "none"));
        var table = TableOf(Some.Ingress("i", [rule]));

        Assert.Equal("once", table.Answer("h.test", "/a%2Fb"));
        Assert.Equal("twice", table.Answer("h.test", "/a%252Fb"));
        Assert.Equal("none", table.Answer("h.test", "/a/b"));
        Assert.Equal("/a/%252e%252e/b", table.CanonicalPath("/a/%252e%252e/b")); // one level less, and the backend climbs
    }

    [Theory]
    [InlineData("/foo", "/foobar", "404")]
    [InlineData("/foo/", "/foo", "web")] // served, not redirected (4.8)
    [InlineData("/foo/", "/foo/", "web")]
    [InlineData("/foo/", "/foobar", "404")]
    public void Trap05_Prefix_IsNotStartsWith(string rule, string target, string expected)
        => Assert.Equal(expected, Prefix(rule).Answer("h.test", target));

    [Theory]
    [InlineData("/foo", "/FOO", "404")]
    [InlineData("/FOO", "/foo/bar", "404")]
    [InlineData("/foo/", "/foo", "web")]
    public void Trap06_Prefix_IsNotStartsWithSegments(string rule, string target, string expected)
        => Assert.Equal(expected, Prefix(rule).Answer("h.test", target));

    [Fact]
    public void Trap07_Order_IsNotByLengthAlone()
    {
        var rule = Some.Rule(null, Some.Prefix("/foo", "prefix"), Some.Prefix("/foo/", "slash"), Some.Exact("/foo", "exact"));
        var table = TableOf(Some.Ingress("i", [rule]));

        Assert.Equal("exact", table.Answer("h.test", "/foo"));
        Assert.Equal("slash", table.Answer("h.test", "/foo/"));
        Assert.Equal("slash", table.Answer("h.test", "/foo/x"));
    }

    [Theory]
    [InlineData("/a/b/c/dx", "shallow")]
    [InlineData("/a/b/c", "shallow")]
    [InlineData("/a/b/c/d", "deep")]
    [InlineData("/a/b/c/d/e", "deep")]
    [InlineData("/a/bx", "404")]
    public void Trap08_DeepMiss_FindsTheAncestor(string target, string expected)
    {
        var rule = Some.Rule(null, Some.Prefix("/a/b", "shallow"), Some.Prefix("/a/b/c/d", "deep"));

        Assert.Equal(expected, TableOf(Some.Ingress("i", [rule])).Answer("h.test", target));
    }

    [Theory]
    [InlineData("/%252e%252e/a", "/%252e%252e/a")] // not decoded twice
    [InlineData("/a%2Fb", "/a%2Fb")] // %2F not decoded
    [InlineData("/a/..%2Fb", "/a/..%2Fb")] // split before decoding
    [InlineData("/a/%2e%2e/b", "/b")] // %2e decoded before dots are removed
    [InlineData("/a//../b", "/a/b")] // dots removed before slashes are merged
    public void Trap23_Canonicalisation_KeepsItsOrder(string target, string expected)
        => Assert.Equal(expected, Prefix("/").CanonicalPath(target));

    // That Kestrel lets these through to the middleware is tested with ASP.NET Core.
    [Theory]
    [InlineData("/a#b")]
    [InlineData("/a\tb")]
    [InlineData("/a\u007fb")]
    [InlineData("/%zz")]
    [InlineData("/a%")]
    public void Trap24_IllegalTarget_IsRefused(string target) => Assert.Equal("400", Prefix("/").Answer("h.test", target));

    [Theory]
    [InlineData("/a", "/a;x=1", "404")]
    [InlineData("/a;x=1", "/a;x=1/b", "web")]
    [InlineData("/a/b", "/a;x/b", "404")]
    [InlineData("/a b", "/a+b", "404")]
    [InlineData("/a+b", "/a+b", "web")]
    [InlineData("/a+b", "/a%20b", "404")]
    [InlineData("/b", "/a/..;/b", "404")]
    public void Trap25_SemicolonAndPlus_AreOrdinary(string rule, string target, string expected)
        => Assert.Equal(expected, Prefix(rule).Answer("h.test", target));

    private static IngressRouteTable Prefix(string path)
        => TableOf(Some.Ingress("i", [Some.Rule(null, Some.Path(PathTypes.Prefix, path))]));
}
