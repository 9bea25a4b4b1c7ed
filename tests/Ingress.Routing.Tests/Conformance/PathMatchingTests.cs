using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Section 4 of the semantics; the first test is the table of the Kubernetes documentation, row by row (4.5).</summary>
public sealed class PathMatchingTests
{
    [Theory]
    [InlineData("Prefix /", "/", "Prefix /")]
    [InlineData("Prefix /", "/any/thing", "Prefix /")]
    [InlineData("Exact /foo", "/foo", "Exact /foo")]
    [InlineData("Exact /foo", "/bar", null)]
    [InlineData("Exact /foo", "/foo/", null)]
    [InlineData("Exact /foo/", "/foo", null)]
    [InlineData("Prefix /foo", "/foo", "Prefix /foo")]
    [InlineData("Prefix /foo", "/foo/", "Prefix /foo")]
    [InlineData("Prefix /foo/", "/foo", "Prefix /foo/")]
    [InlineData("Prefix /foo/", "/foo/", "Prefix /foo/")]
    [InlineData("Prefix /aaa/bb", "/aaa/bbb", null)]
    [InlineData("Prefix /aaa/bbb", "/aaa/bbb", "Prefix /aaa/bbb")]
    [InlineData("Prefix /aaa/bbb/", "/aaa/bbb", "Prefix /aaa/bbb/")]
    [InlineData("Prefix /aaa/bbb", "/aaa/bbb/", "Prefix /aaa/bbb")]
    [InlineData("Prefix /aaa/bbb", "/aaa/bbb/ccc", "Prefix /aaa/bbb")]
    [InlineData("Prefix /aaa/bbb", "/aaa/bbbxyz", null)]
    [InlineData("Prefix /, Prefix /aaa", "/aaa/ccc", "Prefix /aaa")]
    [InlineData("Prefix /, Prefix /aaa, Prefix /aaa/bbb", "/aaa/bbb", "Prefix /aaa/bbb")]
    [InlineData("Prefix /, Prefix /aaa, Prefix /aaa/bbb", "/ccc", "Prefix /")]
    [InlineData("Prefix /aaa", "/ccc", null)]
    [InlineData("Prefix /foo, Exact /foo", "/foo", "Exact /foo")]
    public void Match_DocumentedTable_Row(string rules, string target, string? expected)
    {
        var paths = rules.Split(", ").Select(rule => rule.Split(' ')).Select(rule => Some.Path(rule[0], rule[1]));
        var table = TableOf(Some.Ingress("table", [Some.Rule("h.test", [.. paths])]));

        var match = table.Match("h.test", target);

        Assert.Equal(expected, match.Route is { } route ? $"{route.PathType} {route.PathAsWritten}" : null);
        Assert.Equal(expected is null ? IngressMatchStatus.NotFound : IngressMatchStatus.Rule, match.Status);
    }

    [Fact]
    public void Match_DocumentedTableLastPrefixRow_GoesToTheDefaultBackend()
        => Assert.Equal(
            "default",
            TableOf(Some.Ingress("i", [Some.Rule("h.test", Some.Prefix("/aaa"))], Some.Backend("default"))).Answer("h.test", "/ccc"));

    [Theory]
    [InlineData("/foo?x=1", "found")] // 4.1
    [InlineData("/foo?/bar", "found")]
    [InlineData("/foo?", "found")]
    [InlineData("/?/foo", "404")]
    [InlineData("/FOO", "404")] // 4.2
    [InlineData("/Foo", "404")]
    public void Match_ExactAndPrefix_IgnoreTheQueryAndHeedTheCase(string target, string expected)
        => Assert.All([PathTypes.Exact, PathTypes.Prefix], type
            => Assert.Equal(
                expected, TableOf(Some.Ingress("i", [Some.Rule("h.test", Some.Path(type, "/foo", "found"))])).Answer("h.test", target)));

    [Theory]
    [InlineData("/foo?x=1&y=%zz", "?x=1&y=%zz")]
    [InlineData("/foo?a?b", "?a?b")]
    [InlineData("/foo?", "?")]
    [InlineData("/foo", "")]
    public void Match_Query_IsKeptAsReceived(string target, string expected)
        => Assert.Equal(expected, TableOf(Some.Ingress("i", [Some.Rule(null, Some.Prefix("/"))])).Match("h.test", target).Query.ToString());

    // D7: the same as Prefix.
    [Theory]
    [InlineData("/foo", "/foo", true)]
    [InlineData("/foo", "/foo/", true)]
    [InlineData("/foo", "/foo/bar", true)]
    [InlineData("/foo", "/foobar", false)]
    [InlineData("/foo", "/FOO", false)]
    [InlineData("/foo/", "/foo", true)]
    [InlineData("/", "/x", true)]
    [InlineData("", "/x", true)] // 4.10
    [InlineData(null, "/x", true)]
    [InlineData("/a/../b", "/b/c", true)] // 8.4
    [InlineData("/a//b", "/a/b", true)]
    [InlineData("/a%2Fb", "/a%2fb/c", true)]
    [InlineData("/a%2Fb", "/a/b", false)]
    public void Match_ImplementationSpecific_IsAsPrefix(string? path, string target, bool expected)
    {
        var table = TableOf(Some.Ingress("i", [Some.Rule("h.test", Some.ImplementationSpecific(path))]));

        Assert.Equal(expected, table.Match("h.test", target).Status == IngressMatchStatus.Rule);
    }

    // 4.11: never patterns.
    [Theory]
    [InlineData("/a.c", "/abc")]
    [InlineData("/a*", "/aa")]
    [InlineData("/*", "/a")]
    [InlineData("/a+", "/aa")]
    [InlineData("/a$", "/a")]
    [InlineData("/(a|b)", "/a")]
    [InlineData("/a{2}", "/aa")]
    [InlineData("/[ab]", "/a")]
    [InlineData("/.*", "/anything")]
    public void Match_PathThatLooksLikeAPattern_IsLiteral(string path, string target)
        => Assert.All([PathTypes.Exact, PathTypes.Prefix, PathTypes.ImplementationSpecific], type =>
        {
            var table = TableOf(Some.Ingress("i", [Some.Rule(null, Some.Path(type, path))]));
            Assert.Equal(IngressMatchStatus.NotFound, table.Match("h.test", target).Status);
            Assert.Equal(IngressMatchStatus.Rule, table.Match("h.test", Uri.EscapeDataString(path).Replace("%2F", "/")
                .Replace("%2A", "*").Replace("%2B", "+").Replace("%24", "$").Replace("%28", "(").Replace("%29", ")")).Status);
        });

    [Fact]
    public void Match_EmptyPathOfImplementationSpecific_IsWrittenAsSlash()
        => Assert.Equal(
            "/", TableOf(Some.Ingress("i", [Some.Rule(null, Some.ImplementationSpecific(null))])).Match("h", "/x").Route!.PathAsWritten);
}
