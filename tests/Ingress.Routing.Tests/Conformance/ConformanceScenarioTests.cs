using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>What the official conformance suite for Ingress controllers asks of routing, in our own words.</summary>
public sealed class ConformanceScenarioTests
{
    private static readonly IngressRouteTable s_hostRules = TableOf(Some.Ingress("host-rules",
    [
        Some.Rule("*.foo.com", Some.Prefix("/", "wildcard-foo-com")),
        Some.Rule("foo.bar.com", Some.Prefix("/", "foo-bar-com")),
    ]));

    [Theory]
    [InlineData("bar.foo.com", "wildcard-foo-com")] // the wildcard takes one label
    [InlineData("baz.bar.foo.com", "404")] // not two
    [InlineData("foo.com", "404")] // and not none
    [InlineData("foo.bar.com", "foo-bar-com")]
    [InlineData("FOO.bar.com", "foo-bar-com")]
    [InlineData("subdomain.bar.com", "404")]
    public void HostRules(string host, string expected) => Assert.Equal(expected, s_hostRules.Answer(host, "/"));

    private static readonly IngressRouteTable s_exactPaths = TableOf(Some.Ingress("exact-paths",
        [Some.Rule("exact-path-rules", Some.Exact("/foo", "foo-exact"))]));

    [Theory]
    [InlineData("/foo", "foo-exact")]
    [InlineData("/foo/", "404")]
    [InlineData("/FOO", "404")]
    [InlineData("/bar", "404")]
    public void PathRules_Exact(string target, string expected) => Assert.Equal(expected, s_exactPaths.Answer("exact-path-rules", target));

    private static readonly IngressRouteTable s_prefixPaths = TableOf(Some.Ingress("prefix-paths",
    [
        Some.Rule(
            "prefix-path-rules",
            Some.Prefix("/foo", "foo-prefix"),
            Some.Prefix("/aaa/bbb", "aaa-slash-bbb-prefix"),
            Some.Prefix("/aaa", "aaa-prefix")),
        Some.Rule("trailing-slash-prefix-path-rules", Some.Prefix("/aaa/bbb/", "aaa-slash-bbb-slash-prefix")),
    ]));

    [Theory]
    [InlineData("/foo", "foo-prefix")]
    [InlineData("/foo/", "foo-prefix")]
    [InlineData("/FOO", "404")]
    [InlineData("/aaa/bbb", "aaa-slash-bbb-prefix")]
    [InlineData("/aaa/bbb/", "aaa-slash-bbb-prefix")]
    [InlineData("/aaa/bbb/ccc", "aaa-slash-bbb-prefix")]
    [InlineData("/aaa/bbbccc", "aaa-prefix")]
    [InlineData("/aaa/ccc", "aaa-prefix")]
    [InlineData("/aaaccc", "404")]
    public void PathRules_Prefix(string target, string expected)
        => Assert.Equal(expected, s_prefixPaths.Answer("prefix-path-rules", target));

    [Theory]
    [InlineData("/aaa/bbb", "aaa-slash-bbb-slash-prefix")]
    [InlineData("/aaa/bbb/ccc", "aaa-slash-bbb-slash-prefix")]
    [InlineData("/aaa/bbbccc", "404")]
    public void PathRules_PrefixWithTrailingSlash(string target, string expected)
        => Assert.Equal(expected, s_prefixPaths.Answer("trailing-slash-prefix-path-rules", target));

    private static readonly IngressRouteTable s_mixedPaths = TableOf(Some.Ingress("mixed-paths",
        [Some.Rule("mixed-path-rules", Some.Prefix("/foo", "foo-prefix"), Some.Exact("/foo", "foo-exact"))]));

    [Theory]
    [InlineData("/foo", "foo-exact")]
    [InlineData("/foo/bar", "foo-prefix")]
    public void PathRules_ExactAndPrefix(string target, string expected)
        => Assert.Equal(expected, s_mixedPaths.Answer("mixed-path-rules", target));

    [Theory]
    [InlineData("", "/")]
    [InlineData("my-host", "/")]
    [InlineData("my-host", "/sub/path?query")]
    public void DefaultBackend_WithoutRules_TakesEverything(string host, string target)
        => Assert.Equal("default", TableOf(Some.Ingress("default", defaultBackend: Some.Backend("default"))).Answer(host, target));

    [Theory]
    [InlineData("ours", "served")]
    [InlineData("some-invalid-class-name", "404")]
    public void IngressClass_NamedClassDecides(string className, string expected)
    {
        var ingress = Some.Ingress("i", [Some.Rule(null, Some.Prefix("/", "served"))], className: className);
        var table = IngressRouteTable.Compile(
            new() { Ingresses = [ingress], IngressClasses = [Some.Class("ours", "example.com/ours")] },
            new() { ControllerName = "example.com/ours" });

        Assert.Equal(expected, table.Answer("any", "/"));
    }

    [Fact]
    public void LoadBalancing_TenReadyEndpoints_AreAllDestinations()
    {
        string[] addresses = [.. Enumerable.Range(1, 10).Select(i => $"10.0.0.{i}")];
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses = [Some.Ingress("t/i", [Some.Rule("load-balancing", Some.Prefix("/", "echo", 8080))])],
            Services = [Some.Service("t/echo", 8080)],
            EndpointSlices = [Some.Slice("t/echo", 3000, addresses)],
        });

        var destinations = table.GetDestinations(table.Match("load-balancing", "/").Route!.Service!);

        Assert.Equal(
            addresses.Select(address => address + ":3000").Order(StringComparer.Ordinal), destinations.Ready.Select(e => e.ToString()));
    }
}
