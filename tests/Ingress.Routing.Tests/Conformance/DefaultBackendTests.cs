using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Section 7 of the semantics: the chain of D14, each step taken, and each step not taken because an earlier one is.</summary>
public sealed class DefaultBackendTests
{
    private const string Host = "h.test";

    private static readonly IngressRule s_rule = Some.Rule(Host, Some.Exact("/rule", "rule"));

    private static readonly IngressResource s_global = Some.Ingress("global", defaultBackend: Some.Backend("global"), ageSeconds: -5);

    private static readonly IngressResource s_elsewhere =
        Some.Ingress("elsewhere", [Some.Rule("elsewhere.test", Some.Exact("/x"))], Some.Backend("elsewhere"), ageSeconds: -9);

    [Fact]
    public void Step1_MatchingRule_BeatsEveryDefault()
    {
        var table = Compile(Some.Ingress("i", [s_rule], Some.Backend("scoped")), s_global, s_elsewhere);

        Assert.Equal(IngressMatchStatus.Rule, table.Match(Host, "/rule").Status);
        Assert.Equal("rule", table.Answer(Host, "/rule"));
    }

    [Fact]
    public void Step1_HostlessPrefixSlash_DisablesTheDefaultOfUnknownHosts()
        => Assert.Equal("all", Compile(Some.Ingress("i", [Some.Rule(null, Some.Prefix("/", "all"))], Some.Backend("scoped"))).Answer("any", "/")); // 7.3

    [Fact]
    public void Step2_HostScoped_TakesTheMissesOfItsHost()
    {
        var match = Compile(Some.Ingress("t/i", [s_rule], Some.Backend("scoped"))).Match(Host, "/miss");

        Assert.Equal(IngressMatchStatus.DefaultBackend, match.Status);
        Assert.Equal("t/i", match.Route!.Source.Name.ToString());
        Assert.Equal("spec.defaultBackend", match.Route.Source.Field);
        Assert.Equal("t/i/default", match.Route.Id);
        Assert.Null(match.Route.Path);
        Assert.Equal("t/scoped:80", match.Route.Service!.ToString());
    }

    [Fact]
    public void Step2_HostScoped_BeatsTheOlderGlobalOne()
        => Assert.Equal("scoped", Compile(Some.Ingress("i", [s_rule], Some.Backend("scoped")), s_global).Answer(Host, "/miss"));

    [Fact]
    public void Step2_HostScoped_IsOfTheOldestContributorThatHasOne()
    {
        var table = Compile(
            Some.Ingress("oldest", [s_rule], ageSeconds: 0),
            Some.Ingress("second", [Some.Rule(Host, Some.Exact("/two"))], Some.Backend("second"), ageSeconds: 1),
            Some.Ingress("third", [Some.Rule(Host, Some.Exact("/three"))], Some.Backend("third"), ageSeconds: 2));

        Assert.Equal("second", table.Answer(Host, "/miss"));
    }

    [Fact]
    public void Step2_RuleWithoutHttp_ContributesToTheBucket()
        => Assert.Equal("scoped", Compile(Some.Ingress("i", [new() { Host = Host }], Some.Backend("scoped")), s_global).Answer(Host, "/x")); // 7.6

    [Fact]
    public void Step2_LoserOfEveryPath_StillContributes()
    {
        var table = Compile(
            Some.Ingress("older", [s_rule], ageSeconds: 0),
            Some.Ingress("younger", [s_rule], Some.Backend("younger"), ageSeconds: 1));

        Assert.Equal("younger", table.Answer(Host, "/miss"));
    }

    [Fact]
    public void Step2_WildcardBucket_HasItsOwn()
    {
        var table = Compile(
            Some.Ingress("exact", [Some.Rule("a.h.test", Some.Exact("/x"))]),
            Some.Ingress("wildcard", [Some.Rule("*.h.test", Some.Exact("/x"))], Some.Backend("wildcard")));

        Assert.Equal("wildcard", table.Answer("b.h.test", "/miss"));
        Assert.Equal("404", table.Answer("a.h.test", "/miss")); // D5b: the exact bucket owns its host
    }

    [Fact]
    public void Step2_HostlessBucket_IsABucketToo()
    {
        var table = Compile(s_global, Some.Ingress("i", [Some.Rule(null, Some.Exact("/x"))], Some.Backend("scoped")));

        Assert.Equal("scoped", table.Answer("any.test", "/miss"));
    }

    [Fact]
    public void Step3_Global_TakesTheMissesOfAKnownHost()
        => Assert.Equal("global", Compile(Some.Ingress("i", [s_rule]), s_global).Answer(Host, "/miss"));

    [Fact]
    public void Step3_Global_TakesUnknownHosts()
    {
        Assert.Equal("global", Compile(Some.Ingress("i", [s_rule]), s_global).Answer("unknown.test", "/"));
        Assert.Equal("global", Compile(s_global).Answer(null, "/x/y?z")); // 7.1
    }

    [Fact]
    public void Step3_Global_BeatsTheOlderDefaultOfSomebodysHost()
        => Assert.Equal("global", Compile(s_elsewhere, s_global).Answer("unknown.test", "/"));

    [Fact]
    public void Step3_SeveralGlobals_OldestWins()
    {
        var table = Compile(s_global, Some.Ingress("a", defaultBackend: Some.Backend("younger"), ageSeconds: 7));

        Assert.Equal("global", table.Answer("unknown.test", "/"));
    }

    [Fact]
    public void Step4_UnknownHost_TakesTheOldestDefaultOfAll()
    {
        var table = Compile(s_elsewhere, Some.Ingress("a", [s_rule], Some.Backend("younger")));

        Assert.Equal("elsewhere", table.Answer("unknown.test", "/"));
        Assert.Equal("elsewhere", table.Answer(null, "/"));
        Assert.Equal("elsewhere", table.Answer("192.0.2.1", "/"));
    }

    [Fact]
    public void Step4_KnownHost_NeverTakesTheDefaultOfAnother()
        => Assert.Equal("404", Compile(Some.Ingress("i", [s_rule]), s_elsewhere).Answer(Host, "/miss"));

    [Fact]
    public void Step4_HostlessBucketWithoutDefault_TakesTheOldestDefaultOfAll()
    {
        // No named bucket was selected, so the restriction of step 4 does not apply.
        var table = Compile(Some.Ingress("i", [Some.Rule(null, Some.Exact("/x"))]), s_elsewhere);

        Assert.Equal("elsewhere", table.Answer("unknown.test", "/miss"));
    }

    [Fact]
    public void Step5_Configured_TakesWhatIsLeft()
    {
        var table = Compile(WithConfigured, Some.Ingress("i", [s_rule]), s_elsewhere);
        var match = table.Match(Host, "/miss");

        Assert.Equal(IngressMatchStatus.DefaultBackend, match.Status);
        Assert.True(match.Route!.Source.IsConfigured);
        Assert.Equal("", match.Route.Source.Field);
        Assert.Equal("default", match.Route.Id);
        Assert.Equal("ops/configured:8080", match.Route.Service!.ToString());
    }

    [Fact]
    public void Step5_Configured_ServesAnEmptyCluster() => Assert.Equal("configured", Compile(WithConfigured).Answer("any.test", "/"));

    [Fact]
    public void Step5_Configured_ComesAfterAllOthers()
    {
        Assert.Equal("scoped", Compile(WithConfigured, Some.Ingress("i", [s_rule], Some.Backend("scoped"))).Answer(Host, "/miss"));
        Assert.Equal("global", Compile(WithConfigured, s_global).Answer(Host, "/miss"));
        Assert.Equal("elsewhere", Compile(WithConfigured, s_elsewhere).Answer("unknown.test", "/miss"));
    }

    [Fact]
    public void Step6_NothingLeft_IsNotFound()
    {
        var match = Compile(Some.Ingress("i", [s_rule])).Match("unknown.test", "/x/%61");

        Assert.Equal(IngressMatchStatus.NotFound, match.Status);
        Assert.Null(match.Route);
        Assert.Equal("/x/a", match.Path.ToString());
    }

    private static RouteTableOptions WithConfigured => new() { DefaultBackend = new(new("ops", "configured"), new() { Number = 8080 }) };

    private static IngressRouteTable Compile(params IngressResource[] ingresses) => RouteTableAnswers.TableOf(ingresses);

    private static IngressRouteTable Compile(RouteTableOptions options, params IngressResource[] ingresses)
        => IngressRouteTable.Compile(Some.Snapshot(ingresses), options);
}
