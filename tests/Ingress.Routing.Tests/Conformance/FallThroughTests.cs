using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Section 6 of the semantics: a selected bucket owns every path of its host (D5b).</summary>
public sealed class FallThroughTests
{
    private static readonly IngressRouteTable s_table = TableOf(
        Some.Ingress("exact", [Some.Rule("a.h.test", Some.Prefix("/exact", "exact"))]),
        Some.Ingress("wildcard", [Some.Rule("*.h.test", Some.Prefix("/wildcard", "wildcard"))]),
        Some.Ingress("hostless", [Some.Rule(null, Some.Prefix("/", "hostless"), Some.Exact("/very/long/path", "hostless"))]));

    [Theory]
    [InlineData("a.h.test", "/exact", "exact")]
    [InlineData("a.h.test", "/wildcard", "404")] // exact to wildcard: no
    [InlineData("a.h.test", "/very/long/path", "404")] // exact to host-less: no, however specific
    [InlineData("a.h.test", "/", "404")]
    [InlineData("b.h.test", "/wildcard", "wildcard")]
    [InlineData("b.h.test", "/exact", "404")]
    [InlineData("b.h.test", "/very/long/path", "404")] // wildcard to host-less: no
    [InlineData("a.b.h.test", "/wildcard", "hostless")] // 6.3: two labels do not select the wildcard bucket at all
    [InlineData("other.test", "/anything", "hostless")]
    public void Match_MissInTheSelectedBucket_AsksNoOther(string host, string target, string expected)
        => Assert.Equal(expected, s_table.Answer(host, target));

    [Fact]
    public void Match_HostWithoutHttp_OwnsItsHostToo()
    {
        var table = TableOf(
            Some.Ingress("claim", [new() { Host = "a.h.test" }]),
            Some.Ingress("hostless", [Some.Rule(null, Some.Prefix("/", "hostless"))]));

        Assert.Equal("404", table.Answer("a.h.test", "/")); // 7.6
        Assert.Equal("hostless", table.Answer("b.h.test", "/"));
    }
}
