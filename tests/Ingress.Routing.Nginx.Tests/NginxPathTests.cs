using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>Regular-expression mode and rewriting, as ingress-nginx has them, and what strict mode makes of the same objects.</summary>
public sealed class NginxPathTests
{
    private static readonly NginxOptions s_strict = new() { Strict = true };

    [Theory]
    [InlineData("/foo", "other", "other")]
    [InlineData("/foobar", "other", "404")]
    [InlineData("/FOO", "other", "404")]
    [InlineData("/foo/x", "other", "404")]
    [InlineData("/api/v1", "api", "api")]
    [InlineData("/API/V1/x", "api", "api")]
    [InlineData("/x/api/v1", "404", "404")]
    [InlineData("/deep/x", "deep", "deep")]
    [InlineData("/deeper", "deep", "404")]
    public void UseRegex_ReachesEveryPathOfTheHost(string path, string contagious, string strict)
    {
        IngressResource[] ingresses =
        [
            Ingress("t/regex", [("use-regex", "true")], Some.ImplementationSpecific("/api/v[0-9]+", "api")),
            Ingress("u/other", [], Some.Exact("/foo", "other"), Some.Prefix("/deep", "deep")),
        ];

        Assert.Equal(contagious, Answer(NginxScenario.For(new(), ingresses), path));
        Assert.Equal(strict, Answer(NginxScenario.For(s_strict, ingresses), path));
    }

    [Fact]
    public void UseRegex_OtherHosts_AreLiteral()
    {
        var scenario = NginxScenario.For(
            new(),
            Ingress("t/regex", [("use-regex", "true")], Some.ImplementationSpecific("/a.*")),
            Some.Ingress("t/literal", [Some.Rule("other.test", Some.Exact("/foo"))]));

        Assert.Equal(IngressMatchStatus.NotFound, scenario.Table.Match("other.test", "/foobar").Status);
    }

    [Fact]
    public void UseRegex_EachSurprise_SaysWhatStrictModeDoes()
    {
        var scenario = NginxScenario.For(
            new(),
            Ingress("t/regex", [("use-regex", "true")], Some.ImplementationSpecific("/api/v[0-9]+", "api")),
            Ingress("u/other", [], Some.Exact("/foo", "other"), Some.Prefix("/", "web")));

        var finding = Assert.Single(scenario.Table.Diagnostics, static item => item.Id == IngressDiagnosticIds.PathReadAsPattern);

        Assert.Equal(("spec.rules[0].http.paths[0].path", "other"), (finding.Field, finding.Resource!.Value.Name));
        Assert.Equal(
            "'use-regex' of Ingress 't/regex' makes regular expressions of all paths of this host, as ingress-nginx does. Exact '/foo' also takes '/foox' and '/FOO'. "
            + "With 'nginx,strict' it takes '/foo' alone.",
            finding.Message);
        Assert.DoesNotContain(NginxScenario.For(s_strict, Ingress("t/regex", [("use-regex", "true")], Some.ImplementationSpecific("/a.b"))).Table.Diagnostics, IsAboutPaths);
    }

    [Theory]
    [InlineData("/something", "/")]
    [InlineData("/something/", "/")]
    [InlineData("/something/new?x=1", "/new?x=1")]
    [InlineData("/SomeThing/New", "/New")]
    [InlineData("/something/a%2Fb", "/a%2Fb")]
    [InlineData("/something/a%20b", "/a%20b")]
    [InlineData("/something//new", "/new")]
    [InlineData("/somethingelse", null)]
    public void RewriteTarget_Idiom_ReplacesTheWholePath(string target, string? expected)
    {
        var scenario = NginxScenario.For(
            new(), Ingress("t/i", [("rewrite-target", "/$2")], Some.ImplementationSpecific("/something(/|$)(.*)")));

        Assert.Equal(expected is null, scenario.Table.Match("h.test", target).Route is null);
        if (expected is not null)
        {
            Assert.Equal(expected, scenario.Ask(target).Target);
        }
    }

    [Theory]
    [InlineData("/$1", "/a/(x)?.*", "/a/y", "/")] // a group that took no part
    [InlineData("/$3", "/a/(.*)", "/a/y", "/")] // a group that is not there
    [InlineData("/$10", "/a/(.*)", "/a/y", "/y0")] // one digit
    [InlineData("/b", "/a", "/a/y", "/b")] // all of the path, not the part that matched
    [InlineData("/x/$host/$1", "/a/(.*)", "/a/y", "/x/h.test/y")]
    [InlineData("/VirtualHostBase/https/site.test:443/Plone/VirtualHostRoot/$1", "/(.*)", "/y", "/VirtualHostBase/https/site.test:443/Plone/VirtualHostRoot/y")]
    [InlineData("/$1", "/(?P<part>[[:alnum:]]+)/my\\_file", "/Part1/my_file", "/Part1")]
    [InlineData("/$1", "/a b/(.*)", "/a%20b/c", "/c")]
    [InlineData("/$1", "/café/(.*)", "/caf%C3%A9/c", "/c")]
    public void RewriteTarget_CapturesAndVariables_AreThoseOfNginx(string target, string path, string asked, string expected)
        => Assert.Equal(
            expected,
            NginxScenario.For(new(), Ingress("t/i", [("rewrite-target", target)], Some.ImplementationSpecific(path))).Ask(asked).Target);

    // Correction 1: the Prefix becomes '/app/', which differs from the target, and '/app', which does not.
    [Theory]
    [InlineData("/app/x", "/app")]
    [InlineData("/app/", "/app")]
    [InlineData("/app", null)]
    [InlineData("/apple", null)]
    public void RewriteTarget_EqualToAPrefix_RewritesWhatIsBelow(string asked, string? expected)
        => Assert.Equal(expected, NginxScenario.For(new(), Ingress("t/i", [("rewrite-target", "/app")], Some.Prefix("/app"))).Ask(asked).Target);

    // Correction 1: the path '/' that each host has takes the target of the oldest Ingress, unless a rule declares it.
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void RewriteTarget_EqualToAnExactPath_MakesExpressionsUnlessThereIsARoot(bool hasRoot, bool isRegex)
    {
        var scenario = NginxScenario.For(
            new(),
            Ingress("t/i", [("rewrite-target", "/app")], Some.Exact("/app")),
            Ingress("t/j", [], hasRoot ? Some.Prefix("/", "root") : Some.Prefix("/other", "other")));

        Assert.Equal(isRegex ? "web" : hasRoot ? "root" : "404", Answer(scenario, "/apple"));
        Assert.Null(scenario.Ask("/app").Target);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    public void RewriteTarget_ThatChangesNothing_LeavesPathsLiteral(string target)
    {
        var scenario = NginxScenario.For(new(), Ingress("t/i", [("rewrite-target", target)], Some.Prefix("/"), Some.Exact("/foo", "foo")));

        // The Exact path differs from '/', so that the host has expressions all the same; nothing asked for means nothing.
        Assert.Equal(target.Length > 0 ? "foo" : "web", Answer(scenario, "/foobar"));
        Assert.Null(scenario.Ask("/x").Target);
    }

    // Correction 2: by length before the Prefix is expanded; ties by text, backwards; equal texts by age.
    [Theory]
    [InlineData("/foo/x", "plus")]
    [InlineData("/foo", "exact")]
    [InlineData("/ab", "b")]
    [InlineData("/b/x", "below")]
    [InlineData("/b", "alone")]
    public void Order_IsByLengthOfTheTextAsWritten(string path, string expected)
    {
        var scenario = NginxScenario.For(
            new(),
            Ingress(
                "t/i",
                [("use-regex", "true")],
                Some.ImplementationSpecific("/fo.+x", "plus"),
                Some.ImplementationSpecific("/[a-z]a", "a"),
                Some.ImplementationSpecific("/[a-z]b", "b")),
            Ingress("t/j", [], Some.Prefix("/foo", "prefix"), Some.Prefix("/b", "below"), Some.Exact("/b", "alone")),
            Ingress("t/k", [], Some.Exact("/foo", "exact")));

        // Prefix '/foo' stands for '/foo/' alone where the same path is Exact.
        Assert.Equal(expected, Answer(scenario, path));
    }

    [Fact]
    public void RewriteTarget_Url_RedirectsAndKeepsTheQuery()
    {
        var outcome = NginxScenario.For(
            new(), Ingress("t/i", [("rewrite-target", "https://new.test/$1")], Some.ImplementationSpecific("/old/(.*)"))).Ask("/old/a?b=1");

        Assert.Equal((302, "https://new.test/a?b=1"), (outcome.Status, outcome.Location));
    }

    [Theory]
    [InlineData("https://$1/x")]
    [InlineData("https://$http_x_host/x")]
    [InlineData("/a b")]
    [InlineData("/a\nb")]
    [InlineData("/${unknown}")]
    [InlineData("/$nothing")]
    public void RewriteTarget_Wrong_ClosesThePaths(string text)
    {
        var scenario = NginxScenario.For(new(), Ingress("t/i", [("rewrite-target", text)], Some.Prefix("/a")));

        Assert.True(scenario.Table.Match("h.test", "/a").Route!.Policies.IsClosed);
        Assert.Contains(scenario.Findings, static item => item.Id == IngressDiagnosticIds.InvalidAnnotation);
    }

    [Fact]
    public void XForwardedPrefix_ComesWithARewriteAlone()
    {
        var with = NginxScenario.For(
            new(), Ingress("t/i", [("rewrite-target", "/$2"), ("x-forwarded-prefix", "/$1")], Some.ImplementationSpecific("/(v[0-9])/(.*)")));
        var without = NginxScenario.For(new(), Ingress("t/i", [("x-forwarded-prefix", "/a")], Some.Prefix("/a")));

        Assert.Equal(("/x", "/v1"), (with.Ask("/v1/x").Target, with.Ask("/v1/x").StrippedPrefix));
        Assert.Null(without.Ask("/a").StrippedPrefix);
        Assert.Single(without.Findings);
    }

    [Theory]
    [InlineData("/admin(/panel", "/admin/x")]
    [InlineData("/admin(*VERB)", "/ADMIN")]
    [InlineData("/admin/[[:nothing:]]", "/admin/x")]
    public void Path_ThatIsNoExpression_AnswersWith503WhereItBegins(string path, string asked)
    {
        var scenario = NginxScenario.For(
            new(), Ingress("t/i", [("use-regex", "true")], Some.ImplementationSpecific(path, "admin"), Some.Prefix("/", "web")));

        Assert.True(scenario.Table.Match("h.test", asked).Route!.Policies.IsClosed);
        Assert.Equal("web", Answer(scenario, "/other"));
        Assert.Single(scenario.Table.Diagnostics, static item => item.Id == IngressDiagnosticIds.PathPatternProblem);
    }

    [Fact]
    public void Path_ThatNeedsBacktracking_IsServedAndReportedOrRefused()
    {
        var ingress = Ingress("t/i", [("use-regex", "true")], Some.ImplementationSpecific("/(?!api).*", "web"));
        var refusing = IngressRouteTable.Compile(
            Some.Snapshot(ingress), new() { AnnotationDialects = [NginxAnnotations.CreateDialect(new())], RejectBacktrackingPatterns = true });
        var scenario = NginxScenario.For(new(), ingress);

        Assert.Equal("web", Answer(scenario, "/x"));
        Assert.Equal("404", Answer(scenario, "/api"));
        Assert.Single(scenario.Table.Diagnostics, static item => item.Id == IngressDiagnosticIds.PathPatternProblem);
        Assert.True(refusing.Match("h.test", "/x").Route!.Policies.IsClosed);
    }

    [Fact]
    public void Path_ThatTakesTooLong_IsAnsweredWith503()
    {
        var scenario = NginxScenario.For(
            new(), Ingress("t/i", [("use-regex", "true")], Some.ImplementationSpecific(@"/(a+)+(?!b)\1\1\1\1$", "slow"), Some.Prefix("/", "web")));

        var match = scenario.Table.Match("h.test", "/" + new string('a', 3001) + "!");

        Assert.Equal((IngressMatchStatus.PatternTimeout, null), (match.Status, match.Route));
    }

    [Fact]
    public void Strict_LeavesLiteralPathsLiteralAndRewritesThem()
    {
        var scenario = NginxScenario.For(
            s_strict,
            Ingress("t/i", [("rewrite-target", "/new")], Some.Prefix("/old"), Some.Prefix("/new", "same")));

        Assert.Equal("/new", scenario.Ask("/old/x").Target);
        Assert.Null(scenario.Ask("/new/x").Target);
        Assert.Equal("404", Answer(scenario, "/older"));
    }

    [Fact]
    public void Strict_PrefixWithAnExpression_IsReadAsOneAndReported()
    {
        var scenario = NginxScenario.For(s_strict, Ingress("t/i", [("rewrite-target", "/$2")], Some.Prefix("/old(/|$)(.*)")));

        Assert.Equal("/x", scenario.Ask("/old/x").Target);
        Assert.Single(scenario.Table.Diagnostics, static item => item.Id == IngressDiagnosticIds.PathReadAsPattern);
    }

    [Fact]
    public void Apply_IngressThatSwitchesRegexOnAndOff_ChangesItsNeighbours()
    {
        var regex = Ingress("t/regex", [("use-regex", "true")], Some.ImplementationSpecific("/api.*", "api"));
        var literal = Ingress("u/other", [], Some.Exact("/foo", "other"));
        var before = NginxScenario.For(new(), literal).Table;

        var on = before.Apply(new() { Upserted = [regex] });
        var off = on.Apply(new() { Removed = [regex.Reference] });

        Assert.Equal("other", on.Match("h.test", "/foobar").Route?.Service!.Name.Name);
        Assert.Null(off.Match("h.test", "/foobar").Route);
        Assert.Contains(literal.Reference, on.ChangesSince(before)!.Resources);
        Assert.Same(on.Match("h.test", "/foo").Route, on.Apply(new() { Upserted = [Ingress("v/third", [], Some.Exact("/third"))] }).Match("h.test", "/foo").Route);
    }

    private static IngressResource Ingress(string name, (string Name, string Text)[] annotations, params IngressPath[] paths)
        => Some.Ingress(name, [Some.Rule("h.test", paths)], ageSeconds: name[^1], annotations: NginxScenario.Named(annotations));

    private static bool IsAboutPaths(IngressDiagnostic item) => item.Id is IngressDiagnosticIds.PathReadAsPattern or IngressDiagnosticIds.PathPatternProblem;

    private static string Answer(NginxScenario scenario, string path) => scenario.Table.Match("h.test", path).Route?.Service?.Name.Name ?? "404";
}
