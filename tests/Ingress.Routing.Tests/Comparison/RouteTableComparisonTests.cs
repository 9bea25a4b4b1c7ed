using Ingress.Routing.Comparison;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Comparison;

/// <summary>How differences are told: as few and as large regions as say all.</summary>
public sealed class RouteTableComparisonTests
{
    private static readonly IngressRouteTable s_shop = TableOf(Some.Ingress(
        "shop",
        [Some.Rule("shop.test", Some.Prefix("/", "web"), Some.Prefix("/cart", "cart"), Some.Exact("/health", "probe"))]));

    [Fact]
    public void Compare_WithItself_HasNoDifferences() => Assert.False(RouteTableComparison.Compare(s_shop, s_shop).HasDifferences);

    [Fact]
    public void Compare_OnePathMoved_IsOneDifferenceWithBothPlaces()
    {
        var after = TableOf(Some.Ingress(
            "shop", [Some.Rule("shop.test", Some.Prefix("/", "web"), Some.Prefix("/cart", "checkout"), Some.Exact("/health", "probe"))]));

        var difference = Assert.Single(Assert.Single(RouteTableComparison.Compare(s_shop, after).Hosts).Routes);

        Assert.Equal("shop.test: /cart and below: default/cart:80 -> default/checkout:80, for instance http://shop.test/cart", difference.ToString());
        Assert.Equal("spec.rules[0].http.paths[1]", difference.Before.Route!.Source.Field);
        Assert.Null(difference.Before.Location);
    }

    [Theory]
    [InlineData("/cart", "/cart and below")]
    [InlineData("/cart/", "/cart and below")] // as in semantics 4.4
    [InlineData("/", "every path, except /cart and below, exactly /health")]
    public void Compare_PrefixTakenByAnother_LeavesOutWhatIsMoreSpecific(string path, string expected)
    {
        var after = TableOf(
            Some.Ingress(
                "shop", [Some.Rule("shop.test", Some.Prefix("/", "web"), Some.Prefix("/cart", "cart"), Some.Exact("/health", "probe"))], ageSeconds: 1),
            Some.Ingress("thief", [Some.Rule("shop.test", Some.Prefix(path, "thief"))]));

        Assert.Equal([$"shop.test: {expected}"], Regions(RouteTableComparison.Compare(s_shop, after)));
    }

    [Fact]
    public void Compare_HostMovedAsAWhole_IsOneDifference()
    {
        var before = TableOf(Some.Ingress("shop", [Some.Rule("shop.test", [.. Enumerable.Range(0, 50).Select(i => Some.Prefix($"/{i}", "old"))])]));
        var after = TableOf(Some.Ingress("shop", [Some.Rule("shop.test", [.. Enumerable.Range(0, 50).Select(i => Some.Prefix($"/{i}", "new"))])]));

        var difference = Assert.Single(Assert.Single(RouteTableComparison.Compare(before, after).Hosts).Routes);

        Assert.Equal(50, difference.Paths.Ranges.Count);
    }

    [Fact]
    public void Compare_HostGone_CoversEveryPathOnce()
    {
        var host = Assert.Single(RouteTableComparison.Compare(s_shop, IngressRouteTable.Empty).Hosts);

        Assert.True(host.Paths.IsEveryPath);
        Assert.Equal(["default/web:80", "default/cart:80", "default/probe:80"], host.Routes.Select(route => route.Before.ToString()));
        Assert.All(host.Routes, route => Assert.Equal(404, route.After.StatusCode));
    }

    [Fact]
    public void Compare_ManyHostsThatChangeAlike_AreOneDifference()
    {
        static IngressRouteTable Hosts(string service) => TableOf([.. Enumerable.Range(0, 50)
            .Select(i => Some.Ingress($"i{i}", [Some.Rule($"h{i}.test", Some.Prefix("/", $"own-{i}"), Some.Prefix("/api", service))]))]);

        var host = Assert.Single(RouteTableComparison.Compare(Hosts("api"), Hosts("api-v2")).Hosts);

        Assert.Equal(50, host.Hosts.Count);
        Assert.Equal("/api and below", host.Paths.ToString());
        Assert.Equal("h0.test, h1.test, h10.test and 47 more: /api and below: default/api:80 -> default/api-v2:80, for instance http://h0.test/api",
            Assert.Single(host.Routes).ToString());
    }

    [Fact]
    public void Compare_WildcardAdded_LeavesOutExactHosts()
    {
        var after = TableOf(
            Some.Ingress("shop", [Some.Rule("shop.test", Some.Prefix("/", "web"), Some.Prefix("/cart", "cart"), Some.Exact("/health", "probe"))]),
            Some.Ingress("wild", [Some.Rule("*.test", Some.Prefix("/", "wild"))]));

        Assert.Equal(["*.test (except shop.test): every path"], Regions(RouteTableComparison.Compare(s_shop, after)));
    }

    // Semantics 7.6: a rule without paths takes its host away from everybody else.
    [Fact]
    public void Compare_HostClaimedWithoutPaths_IsADifference()
    {
        var before = TableOf(Some.Ingress("any", [Some.Rule(null, Some.Prefix("/", "any"))]));
        var after = TableOf(
            Some.Ingress("any", [Some.Rule(null, Some.Prefix("/", "any"))]), Some.Ingress("bare", [new IngressRule { Host = "bare.test" }]));

        Assert.Equal(["bare.test: every path"], Regions(RouteTableComparison.Compare(before, after)));
    }

    // Its default backend is that of most paths for all hosts, yet it is no host like all others.
    [Fact]
    public void Compare_HostClaimedWithoutPaths_DiffersWhereTheRulesForAllHostsDid()
    {
        var any = Some.Ingress("any", [Some.Rule(null, Some.Prefix("/", "any"), Some.Prefix("/a", "a"))]);
        var after = TableOf(any, Some.Ingress("bare", [new IngressRule { Host = "bare.test" }], Some.Backend("any")));

        Assert.Equal(["bare.test: /a and below"], Regions(RouteTableComparison.Compare(TableOf(any), after)));
    }

    [Fact]
    public void Compare_HostOfARuleThatIsNotServed_HasNoRegion()
    {
        var before = TableOf(Some.Ingress("any", [Some.Rule(null, Some.Prefix("/", "any"))]));
        var after = TableOf(
            Some.Ingress("any", [Some.Rule(null, Some.Prefix("/", "all"))]),
            Some.Ingress("invalid", [Some.Rule("invalid.test", Some.Prefix("no-slash"))]));

        Assert.Equal(["every host: every path"], Regions(RouteTableComparison.Compare(before, after)));
    }

    [Fact]
    public void Compare_DefaultBackendChanged_ConcernsWhatNoRuleTakes()
    {
        static IngressRouteTable With(string service) => TableOf(
            Some.Ingress("shop", [Some.Rule("shop.test", Some.Prefix("/cart", "cart"))]), Some.Ingress("all", defaultBackend: Some.Backend(service)));

        Assert.Equal(
            ["shop.test: every path, except /cart and below", "every other host: every path"],
            Regions(RouteTableComparison.Compare(With("old"), With("new"))));
    }

    [Fact]
    public void Compare_SameBackendByAnotherRule_IsNoDifference()
    {
        var rest = Some.Ingress("rest", defaultBackend: Some.Backend("rest"));
        var before = TableOf(rest, Some.Ingress("shop", [Some.Rule("shop.test", Some.Prefix("/", "web"))]));
        var after = TableOf(rest, Some.Ingress("other", [new IngressRule { Host = "shop.test" }], Some.Backend("web")));

        Assert.Empty(RouteTableComparison.Compare(before, after).Hosts);
    }

    // D14, step 4: the default backend of an Ingress with rules takes what belongs to no known host, which is easily overlooked.
    [Fact]
    public void Compare_DefaultBackendInsteadOfARule_TakesUnknownHostsToo()
    {
        var before = TableOf(Some.Ingress("shop", [Some.Rule("shop.test", Some.Prefix("/", "web"))]));
        var after = TableOf(Some.Ingress("shop", [new IngressRule { Host = "shop.test" }], Some.Backend("web")));

        Assert.Equal(["every other host: every path"], Regions(RouteTableComparison.Compare(before, after)));
    }

    [Fact]
    public void Compare_AnotherSpellingOfThePath_IsNoDifference()
    {
        var before = TableOf(Some.Ingress("shop", [Some.Rule("shop.test", Some.Prefix("/caf%C3%A9/", "web"), Some.Exact("/a%7Eb", "web"))]));
        var after = TableOf(Some.Ingress("shop", [Some.Rule("shop.test", Some.Prefix("/café", "web"), Some.Exact("/a~b", "web"))]));

        Assert.False(RouteTableComparison.Compare(before, after).HasDifferences);
    }

    [Theory]
    [InlineData("other", 80, false)]
    [InlineData("web", 81, false)]
    [InlineData("web", 80, true)]
    public void Compare_AnotherNamespaceNameOrPort_IsADifference(string service, int port, bool otherNamespace)
    {
        var before = TableOf(Some.Ingress("a/shop", [Some.Rule("shop.test", Some.Prefix("/", "web"))]));
        var after = TableOf(Some.Ingress(otherNamespace ? "b/shop" : "a/shop", [Some.Rule("shop.test", Some.Prefix("/", service, port))]));

        Assert.True(RouteTableComparison.Compare(before, after).HasDifferences);
    }

    [Fact]
    public void Compare_ServiceThatLostItsEndpoints_IsADestinationDifference()
    {
        static IngressRouteTable With(params EndpointSliceResource[] slices) => IngressRouteTable.Compile(new()
        {
            Ingresses = [Some.Ingress("shop", [Some.Rule("shop.test", Some.Prefix("/", "web"))])],
            Services = [Some.Service("web")],
            EndpointSlices = slices,
        });

        var comparison = RouteTableComparison.Compare(With(Some.Slice("web", 80, "10.0.0.1")), With());

        Assert.Empty(comparison.Hosts);
        Assert.Equal("default/web:80: Ready -> NoReadyEndpoints", Assert.Single(comparison.Destinations).ToString());
    }

    [Fact]
    public void Compare_TablesThatReadPathsDifferently_Throws()
    {
        var other = IngressRouteTable.Compile(ClusterSnapshot.Empty, new() { KeepSlashes = true });

        Assert.Throws<ArgumentException>(() => RouteTableComparison.Compare(IngressRouteTable.Empty, other));
    }

    private static IEnumerable<string> Regions(RouteTableComparison comparison)
        => comparison.Hosts.SelectMany(host => host.Routes).Select(route => $"{string.Join(", ", route.Hosts)}: {string.Join("; ", route.Paths.Ranges)}");
}
