using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Policies;

public sealed class AnnotationReaderTests
{
    [Fact]
    public void Routes_WithoutAnnotations_ShareTheEmptyPolicies()
        => Assert.Same(RoutePolicies.None, PolicyScenario.Of().Policies);

    [Fact]
    public void Routes_OfOneIngress_HaveTheSamePolicies()
    {
        var scenario = PolicyScenario.Of(("rewrite-prefix", "/api"));

        Assert.Same(scenario.Policies, scenario.Table.Match("h.test", "/other").Route!.Policies);
    }

    [Theory]
    [InlineData("redirect-target", "nowhere")]
    [InlineData("redirect-target", "https://${path}/")]
    [InlineData("redirect-pattern", "(")]
    [InlineData("rewrite-target", "api")]
    [InlineData("rewrite-target", "/$1")]
    [InlineData("rewrite-prefix", "/a?b")]
    [InlineData("strip-prefix", "yes")]
    [InlineData("rate-limit", "10")]
    [InlineData("rate-limit", "0/s")]
    [InlineData("rate-limit", "10/h")]
    [InlineData("rate-limit-key", "cookie")]
    [InlineData("concurrency-limit", "-1")]
    [InlineData("request-headers-set", "Host: evil.test")]
    [InlineData("request-headers-set", "X-A: ${no_such}")]
    [InlineData("request-headers-set", "X-Client-Cert-Verify: SUCCESS")]
    [InlineData("request-headers-remove", "X-Forwarded-For")]
    [InlineData("request-headers-remove", "X Admin")]
    public void WrongText_OfWhatProtects_ClosesTheRoutes(string name, string text)
    {
        var scenario = PolicyScenario.Of((name, text));

        Assert.True(scenario.Policies.IsClosed);
        Assert.Equal(503, scenario.Ask("/a").Status);
        var finding = Assert.Single(scenario.Findings);
        Assert.Equal(IngressDiagnosticSeverity.Error, finding.Severity);
        Assert.Equal($"metadata.annotations[ingress.routing/{name}]", finding.Field);
        Assert.EndsWith("The paths of this Ingress answer 503.", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app-root", "/")]
    [InlineData("www-redirect", "both")]
    [InlineData("response-headers-set", "no colon")]
    [InlineData("response-headers-remove", "Connection")]
    public void WrongText_OfWhatTunes_IsReportedAndIgnored(string name, string text)
    {
        var scenario = PolicyScenario.Of((name, text));

        Assert.True(scenario.Policies.IsEmpty);
        Assert.EndsWith("It is ignored.", Assert.Single(scenario.Findings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("10/8")]
    [InlineData("0x0a000001")]
    [InlineData("all")]
    public void NetworkThatIsWrittenOddly_ExemptsNothing(string network)
    {
        var scenario = PolicyScenario.Of(("rate-limit", "1/s"), ("rate-limit-exempt", network));

        Assert.Empty(scenario.Policies.Find<RateLimit>()!.Exempt);
        Assert.Single(scenario.Findings);
    }

    [Theory]
    [InlineData("rate-limit-per-client", "10/s")]
    [InlineData("concurrency-limit-per-client", "10")]
    public void UnknownName_ThatBeginsLikeALimit_ClosesTheRoutes(string name, string text)
        => Assert.True(PolicyScenario.Of((name, text)).Policies.IsClosed);

    // Unrolled, this would be a billion steps.
    [Fact]
    public void PatternOfManyRepetitions_IsReadAtOnce()
        => Assert.Single(PolicyScenario.Of(("redirect-target", "/b"), ("redirect-pattern", "/(((a{1000}){1000}){1000})")).Findings);

    [Fact]
    public void MisspeltName_OfWhatProtects_ClosesTheRoutesAndSaysWhatWasMeant()
    {
        var scenario = PolicyScenario.Of(("rate-limits", "10/s"));

        Assert.True(scenario.Policies.IsClosed);
        Assert.Contains("Did you mean 'rate-limit'?", Assert.Single(scenario.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownName_OfNothingKnown_IsIgnoredWithAWarning()
    {
        var scenario = PolicyScenario.Of(("colour", "blue"));

        Assert.True(scenario.Policies.IsEmpty);
        Assert.Equal(IngressDiagnosticSeverity.Warning, Assert.Single(scenario.Findings).Severity);
    }

    [Theory]
    [InlineData("redirect-pattern", "/x", "redirect-target")]
    [InlineData("rate-limit-burst", "5", "rate-limit")]
    [InlineData("concurrency-limit-status", "429", "concurrency-limit")]
    [InlineData("rewrite-pattern", "/x", "rewrite-target")]
    public void AnnotationThatNeedsAnother_SaysWhichOneIsMissing(string name, string text, string missing)
        => Assert.Contains(
            $"'ingress.routing/{missing}' is missing",
            Assert.Single(PolicyScenario.Of((name, text)).Findings).Message,
            StringComparison.Ordinal);

    [Fact]
    public void SeveralRewrites_OfOneIngress_CloseTheRoutes()
        => Assert.True(PolicyScenario.Of(("rewrite-target", "/x"), ("strip-prefix", "true")).Policies.IsClosed);

    [Fact]
    public void OwnDialect_GoesBeforeOthers()
    {
        var other = new AnnotationDialect(
            "other", "other.test", new Annotation<SendElsewhere>("to", AnnotationRisk.Tunes, "anything", "A redirect.", (builder, text) => builder.Set(text)));
        var ingress = Some.Ingress(
            "t/i",
            [Some.Rule("h.test", Some.Prefix("/a"))],
            annotations: new Dictionary<string, string> { ["other.test/to"] = "/theirs", ["ingress.routing/redirect-target"] = "/ours" });

        var table = IngressRouteTable.Compile(Some.Snapshot(ingress), new() { AnnotationDialects = [other] });

        Assert.Equal("/ours", table.Match("h.test", "/a").Route!.Policies.Find<PathRedirect>()!.Target!.Text);
        Assert.Contains(table.Diagnostics, item => item.Field == "metadata.annotations[other.test/to]");
    }

    [Fact]
    public void PatternThatNeedsBacktracking_IsReported_AndRefusedByOption()
    {
        (string, string)[] annotations = [("redirect-target", "/b"), ("redirect-pattern", @"/(a)\1")];

        Assert.Contains("needs backtracking", Assert.Single(PolicyScenario.Of(annotations).Findings).Message, StringComparison.Ordinal);
        Assert.True(PolicyScenario.Under(new() { RejectBacktrackingPatterns = true }, annotations).Policies.IsClosed);
    }

    // The default backend takes the path, since a Prefix '/a' does not.
    [Fact]
    public void PatternThatTakesTooLong_IsAnsweredWith503()
    {
        var scenario = PolicyScenario.Of(("redirect-target", "/b"), ("redirect-pattern", @"/(?=((x+x+)+)y)"));

        Assert.Equal(503, scenario.Ask("/" + new string('x', 60)).Status);
    }

    [Fact]
    public void PoliciesForEveryIngress_AreOneInstanceForThoseWithoutAnnotations()
    {
        var other = new AnnotationDialect("other", "other.test") { ForEveryIngress = [static () => new SendElsewhere()] };
        var table = IngressRouteTable.Compile(
            Some.Snapshot(
                Some.Ingress("t/a", [Some.Rule("a.test", Some.Prefix("/"))]),
                Some.Ingress("t/b", [Some.Rule("b.test", Some.Prefix("/"))]),
                Some.Ingress("t/c", [Some.Rule("c.test", Some.Prefix("/"))], annotations: new Dictionary<string, string> { ["ingress.routing/rate-limit"] = "1/s" })),
            new() { AnnotationDialects = [other] });

        var policies = table.Match("a.test", "/").Route!.Policies;
        Assert.NotNull(policies.Find<PathRedirect>());
        Assert.Same(policies, table.Match("b.test", "/").Route!.Policies);
        Assert.NotNull(table.Match("c.test", "/").Route!.Policies.Find<PathRedirect>());
        Assert.DoesNotContain(table.Diagnostics, static item => item.Id == IngressDiagnosticIds.InvalidAnnotation);
    }

    [Theory]
    [InlineData("/new", "/old", "/new", "other.test/from")]
    [InlineData("", "/old", "/old", "other.test/to")]
    [InlineData(null, "/old", "/old", null)]
    public void Alias_CountsWhereTheNameIsMissingOrEmpty(string? named, string aliased, string target, string? ignored)
    {
        var other = new AnnotationDialect(
            "other",
            "other.test",
            new Annotation<SendElsewhere>("to", AnnotationRisk.Tunes, "anything", "A redirect.", static (builder, text) => builder.Set(text)) { Aliases = ["from"] });
        var annotations = new Dictionary<string, string> { ["other.test/from"] = aliased };
        if (named is not null)
        {
            annotations.Add("other.test/to", named);
        }

        var table = IngressRouteTable.Compile(
            Some.Snapshot(Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/"))], annotations: annotations)), new() { AnnotationDialects = [other] });

        Assert.Equal(target, table.Match("h.test", "/").Route!.Policies.Find<PathRedirect>()!.Target!.Text);
        Assert.Equal(
            ignored is null ? [] : new[] { $"metadata.annotations[{ignored}]" },
            table.Diagnostics.Where(static item => item.Id == IngressDiagnosticIds.InvalidAnnotation).Select(static item => item.Field));
    }

    private sealed class SendElsewhere : PolicyBuilder
    {
        private string _target = "";

        public bool Set(string target)
        {
            _target = target;
            return true;
        }

        protected internal override void Build(PolicyContext context)
        {
            PolicyTemplate.TryParse(_target, null, out var target, out _);
            context.Add(new PathRedirect { Target = target }, "to");
        }
    }
}
