using Ingress.Routing.Comparison;
using Ingress.Routing.Expectations;
using Ingress.Routing.Linting;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Comparison;

/// <summary>What the tools say of hosts with regular expressions: by examples, which are real, and never more than is known.</summary>
public sealed class PatternComparisonTests
{
    [Theory]
    [InlineData("/api/v[0-9]+", "/api/v0")]
    [InlineData("/a(/|$)(.*)", "/a")]
    [InlineData("/(x|y)/z?", "/x/")]
    [InlineData("/[^/]+/edit$", "/b/edit")]
    [InlineData(@"/\d{3}\.png", "/000.png")]
    [InlineData("/(?!api).*", "/")]
    [InlineData("/(?:en|de)/.*", "/en/")]
    public void Examples_FitTheExpression(string text, string expected)
    {
        Assert.True(PathPattern.TryParse(text, out var pattern, out _));

        var examples = PatternExamples.Of(pattern!);

        Assert.Contains(expected, examples);
        Assert.All(examples, example => Assert.True(pattern!.IsMatch(example)));
    }

    [Fact]
    public void Compare_SameExpressions_HaveNoDifference()
    {
        var comparison = RouteTableComparison.Compare(TableOf(Api("api"), Web("web")), TableOf(Api("api"), Web("web")));

        Assert.False(comparison.HasDifferences);
        Assert.Empty(comparison.ComparedByExample);
    }

    [Fact]
    public void Compare_ExpressionWithAnotherService_ShowsARequestThatDiffers()
    {
        var comparison = RouteTableComparison.Compare(TableOf(Api("api"), Web("web")), TableOf(Api("next"), Web("web")));

        var difference = Assert.Single(Assert.Single(comparison.Hosts).Routes);
        Assert.Equal(("t/api:80", "t/next:80"), (difference.Before.Backend, difference.After.Backend));
        Assert.Equal("what fits /api/v[0-9]+", difference.Paths.ToString());
        Assert.True(difference.Contains("h.test", "/api/v7/x"));
        Assert.False(difference.Contains("h.test", "/api/x"));
        Assert.Equal("h.test", Assert.Single(comparison.ComparedByExample).Pattern);
    }

    [Fact]
    public void Compare_LiteralPathsBesideExpressions_AreCutExactly()
    {
        var comparison = RouteTableComparison.Compare(TableOf(Api("api"), Web("web")), TableOf(Api("api"), Web("other")));

        var difference = Assert.Single(Assert.Single(comparison.Hosts).Routes);
        Assert.Equal(("t/web:80", "t/other:80"), (difference.Before.Backend, difference.After.Backend));
        Assert.Empty(comparison.ComparedByExample);
    }

    [Fact]
    public void Compare_ExpressionThatComes_IsFound()
    {
        var comparison = RouteTableComparison.Compare(TableOf(Web("web")), TableOf(Api("api"), Web("web")));

        Assert.Equal(("t/web:80", "t/api:80"), Assert.Single(Assert.Single(comparison.Hosts).Routes.Select(route => (route.Before.Backend, route.After.Backend))));
    }

    [Theory]
    [InlineData("/api", false)]
    [InlineData("/other", true)]
    public void Never_WithAnExpressionThatMayFit_IsNotProven(string path, bool isProven)
        => Assert.Equal(
            isProven,
            new ExpectationChecker(TableOf(Api("api"), Web("web"))).Check(new NeverExpectation { Host = "h.test", Path = path, Service = new("t", "api") }).IsMet);

    [Fact]
    public void Draft_OfExpressions_IsMetByTheTable()
    {
        var table = TableOf(Api("api"), Web("web"));

        var draft = ExpectationDraft.Of(table);

        Assert.Contains(draft.OfType<RequestExpectation>(), item => item.Service == new NamespacedName("t", "api"));
        Assert.All(draft, item => Assert.True(new ExpectationChecker(table).Check(item).IsMet));
    }

    [Fact]
    public void Lint_Expressions_AreNeitherPatternsByMistakeNorOutOfReach()
    {
        var findings = IngressLinter.Lint(TableOf(Api("api"), Web("web")));

        Assert.DoesNotContain(findings, static item => item.Id is IngressDiagnosticIds.PathLooksLikePattern or IngressDiagnosticIds.IngressNeverServes);
    }

    private static IngressRouteTable TableOf(params IngressResource[] ingresses) => IngressRouteTable.Compile(Some.Snapshot(ingresses));

    private static IngressResource Api(string service) => Some.Ingress(
        "t/api",
        [Some.Rule("h.test", Some.ImplementationSpecific("/api/v[0-9]+", service))],
        annotations: new Dictionary<string, string> { ["ingress.routing/regex-paths"] = "true" });

    private static IngressResource Web(string service) => Some.Ingress("t/web", [Some.Rule("h.test", Some.Prefix("/", service))]);
}
