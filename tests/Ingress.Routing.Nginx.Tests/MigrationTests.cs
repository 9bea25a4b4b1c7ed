using Ingress.Routing.Model;
using Ingress.Routing.Nginx.Migration;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

public sealed class MigrationTests
{
    [Fact]
    public void Annotations_AreSorted()
    {
        var ingress = Assert.Single(Analyze(Shop(("permanent-redirect", "/x"), ("enable-rewrite-log", "true"), ("enable-modsecurity", "true"), ("secure-backends", "true"))).Ingresses);

        Assert.Equal(["permanent-redirect"], ingress.Working);
        Assert.Equal(["enable-rewrite-log", "secure-backends"], ingress.WithoutEffect.Select(static note => note.Annotation));
        Assert.Equal(["enable-modsecurity"], ingress.Refused.Select(static note => note.Annotation));
        Assert.False(ingress.IsCovered);
    }

    [Fact]
    public void IngressWithoutProblems_IsCovered()
    {
        var report = Analyze(Shop(("relative-redirects", "true"), ("enable-rewrite-log", "true")));

        Assert.Equal((1, 0), (report.Covered, report.Differing));
    }

    // nginx redirects the path without its slash, unless a rule has it or the host is in regex mode.
    [Theory]
    [InlineData(new[] { "/a/" }, "http://h.test/a")]
    [InlineData(new[] { "/a/", "/a" }, null)]
    [InlineData(new[] { "/a" }, null)]
    [InlineData(new[] { "/" }, null)]
    public void TrailingSlash_HasAWitness(string[] paths, string? witness)
        => Assert.Equal(witness, WitnessOf("trailing slash", Some.Ingress("t/i", [Some.Rule("h.test", [.. paths.Select(static path => Some.Prefix(path))])])));

    [Fact]
    public void TrailingSlash_IsNoDifferenceInRegexMode()
        => Assert.Null(WitnessOf(
            "trailing slash", Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/a/"))], annotations: NginxScenario.Named(("use-regex", "true")))));

    [Theory]
    [InlineData("auth-url", "http://auth.test/", true)]
    [InlineData("whitelist-source-range", "10.0.0.0/8", true)]
    [InlineData("permanent-redirect", "/x", true)]
    [InlineData("force-ssl-redirect", "false", false)]
    [InlineData("enable-access-log", "true", false)]
    public void UnmatchedPath_InheritsTheAnnotationsOfTheOldest(string name, string text, bool differs)
        => Assert.Equal(differs ? "http://h.test/not-a-path-of-any-rule" : null, WitnessOf("unmatched path", Shop((name, text))));

    [Fact]
    public void DuplicatePath_NamesWhoServesIt()
    {
        var report = Analyze(
            Some.Ingress("t/a", [Some.Rule("h.test", Some.Prefix("/x", "a"))]), Some.Ingress("t/b", [Some.Rule("h.test", Some.Prefix("/x", "b"))]));

        var difference = Assert.Single(report.Ingresses.SelectMany(static ingress => ingress.Differences), static item => item.Cause == "duplicate path");
        Assert.Equal("http://h.test/x", difference.Request);
        Assert.StartsWith("served by t/b", difference.There, StringComparison.Ordinal);
        Assert.StartsWith("served by t/a", difference.Here, StringComparison.Ordinal);
    }

    [Fact]
    public void DuplicatePath_OfDifferentAges_IsNoDifference()
        => Assert.Null(WitnessOf(
            "duplicate path",
            Some.Ingress("t/a", [Some.Rule("h.test", Some.Prefix("/x", "a"))], ageSeconds: 1),
            Some.Ingress("t/b", [Some.Rule("h.test", Some.Prefix("/x", "b"))], ageSeconds: 2)));

    [Fact]
    public void CanaryWithoutAMainRule_IsNamed()
        => Assert.Equal(
            "http://h.test/x",
            WitnessOf("canary without a main rule", Some.Ingress("t/c", [Some.Rule("h.test", Some.Prefix("/x"))], annotations: NginxScenario.Named(("canary", "true")))));

    [Fact]
    public void CanaryOfASharedService_IsNamed()
        => Assert.Equal(
            "http://other.test/y",
            WitnessOf(
                "canary of a Service",
                Some.Ingress("t/main", [Some.Rule("h.test", Some.Prefix("/x", "web"))]),
                Some.Ingress("t/other", [Some.Rule("other.test", Some.Prefix("/y", "web"))]),
                Some.Ingress("t/c", [Some.Rule("h.test", Some.Prefix("/x", "next"))], annotations: NginxScenario.Named(("canary", "true"), ("canary-weight", "5")))));

    [Fact]
    public void SettingOfASharedService_IsNamed()
        => Assert.Equal(
            "http://other.test/y",
            WitnessOf(
                "'load-balance' of a Service",
                Some.Ingress("t/a", [Some.Rule("h.test", Some.Prefix("/x", "web"))]),
                Some.Ingress("t/b", [Some.Rule("other.test", Some.Prefix("/y", "web"))], annotations: NginxScenario.Named(("load-balance", "ewma")))));

    [Fact]
    public void ServerSnippet_OfASharedHost_IsNamed()
        => Assert.Equal(
            "http://h.test/y",
            WitnessOf(
                "server-snippet",
                Some.Ingress("t/a", [Some.Rule("h.test", Some.Prefix("/x"))], annotations: NginxScenario.Named(("server-snippet", "deny all;"))),
                Some.Ingress("t/b", [Some.Rule("h.test", Some.Prefix("/y"))])));

    [Fact]
    public void RegexOfAnother_IsADifferenceInStrictModeAlone()
    {
        IngressResource[] ingresses =
        [
            Some.Ingress("t/a", [Some.Rule("h.test", Some.ImplementationSpecific("/x.*"))], annotations: NginxScenario.Named(("use-regex", "true"))),
            Some.Ingress("t/b", [Some.Rule("h.test", Some.Prefix("/y"))]),
        ];

        Assert.Null(WitnessOf("regular expressions of another Ingress", ingresses));
        Assert.Contains(
            Analyze(new() { Strict = true }, ingresses).Ingresses[1].Differences,
            static item => item is { Cause: "regular expressions of another Ingress", Request: "http://h.test/yx" });
    }

    [Fact]
    public void DefaultBackendOfAnother_TakesUnmatchedPathsHere()
        => Assert.Equal(
            "http://h.test/not-a-path-of-any-rule",
            WitnessOf("default backend", Some.Ingress("t/a", [Some.Rule("h.test", Some.Prefix("/x"))]), Some.Ingress("t/b", defaultBackend: Some.Backend("all"))));

    [Fact]
    public void DefaultBackend_IsNoDifferenceWhereAPatternTakesThePath()
        => Assert.Null(WitnessOf(
            "default backend",
            Some.Ingress("t/a", [Some.Rule("h.test", Some.ImplementationSpecific("/.*"))], annotations: NginxScenario.Named(("use-regex", "true"))),
            Some.Ingress("t/b", defaultBackend: Some.Backend("all"))));

    [Fact]
    public void SecretThatNoManifestHolds_IsInTheCluster()
        => Assert.True(Assert.Single(Analyze(Shop(("auth-type", "basic"), ("auth-secret", "users"))).Ingresses).IsCovered);

    [Fact]
    public void Traps_ThatAreOpenThere_AreNamed()
    {
        var ingress = Assert.Single(Analyze(Some.Ingress("t/c", [Some.Rule("h.test", Some.Prefix("/x"))], annotations: NginxScenario.Named(("canary", "yes")))).Ingresses);

        Assert.Equal("Closed here; ingress-nginx serves the Ingress as an ordinary one.", Assert.Single(ingress.ClosedTraps).Message);
    }

    private static IngressResource Shop(params (string, string)[] annotations)
        => Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/a"))], annotations: NginxScenario.Named(annotations));

    private static string? WitnessOf(string cause, params IngressResource[] ingresses)
        => Analyze(ingresses).Ingresses.SelectMany(static ingress => ingress.Differences).Where(item => item.Cause == cause).Select(static item => item.Request).FirstOrDefault();

    private static MigrationReport Analyze(params IngressResource[] ingresses) => Analyze(new(), ingresses);

    private static MigrationReport Analyze(NginxOptions options, params IngressResource[] ingresses)
        => new MigrationAnalyzer(NginxScenario.For(options, ingresses).Table, options).Analyze();
}
