using Ingress.Routing.Diagnostics;
using Ingress.Routing.Linting;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Linting;

/// <summary>What is said of <c>rewrite-target</c> is what ingress-nginx does with the paths at hand.</summary>
public sealed class RewriteTargetTests
{
    private const string Key = "nginx.ingress.kubernetes.io/rewrite-target";

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/app/", "/app/")]
    public void Target_EqualToThePath_SaysNothing(string path, string target) => Assert.Empty(Lint(target, Some.Prefix(path)));

    [Fact]
    public void Target_EqualToAnExactPath_SaysNothing() => Assert.Empty(Lint("/app", Some.Exact("/app")));

    [Fact]
    public void Target_Empty_SaysNothing() => Assert.Empty(Lint("", Some.Prefix("/app")));

    // A Prefix becomes '/app/' there, which differs from the target.
    [Fact]
    public void Target_EqualToAPrefixWithoutASlash_LosesTheRest()
        => Assert.Contains("would send every request for '/app' as '/app', '/app/a/b' for instance", Only(Lint("/app", Some.Prefix("/app"))), StringComparison.Ordinal);

    [Fact]
    public void Target_Constant_NamesThePathThatKeepsTheRest()
    {
        var message = Only(Lint("/", Some.Prefix("/"), Some.Prefix("/api")));

        Assert.Contains("would send every request for '/api' as '/'", message, StringComparison.Ordinal);
        Assert.Contains("the path '/api(/|$)(.*)' and the target '/$2'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_WithAGroupThatThePathLacks_IsToldFromAWorkingOne()
    {
        var message = Only(Lint("/$2", Some.Prefix("/api")));

        Assert.Contains("takes group 2 of the path, and '/api' has no groups", message, StringComparison.Ordinal);
        Assert.Contains("every request for it as '/'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api(/|$)(.*)", "/$2", "'/api/a/b' as '/a/b'", "'/api'")]
    [InlineData("/api/(.*)", "/$1", "'/api/a/b' as '/a/b'", "'/api'")]
    [InlineData("/(.*)", "/v1/$1", "'/a/b' as '/v1/a/b'", "'/'")]
    [InlineData("/v([0-9]+)/x", "/x/$1", "requests for '/v([0-9]+)/x' as '/x/$1'", null)]
    public void Target_ThatWorks_ShowsARequestAndSaysItOnce(string path, string target, string sent, string? prefix)
    {
        var findings = Lint(target, Some.ImplementationSpecific(path), Some.ImplementationSpecific("/other" + path));

        var message = Only(findings);
        Assert.Contains($"would send {sent}", message, StringComparison.Ordinal);
        Assert.Contains($"'{path}' (and one more path) is literal text", message, StringComparison.Ordinal);
        Assert.Equal(prefix is not null, message.Contains($"Write the Prefix {prefix},", StringComparison.Ordinal));
    }

    [Fact]
    public void Target_ThatIsAUrl_IsARedirect()
    {
        var message = Only(Lint("https://new.example.test/$1", Some.ImplementationSpecific("/(.*)")));

        Assert.Contains("would redirect clients to 'https://new.example.test/$1' (302)", message, StringComparison.Ordinal);
        Assert.EndsWith("Write the Prefix '/', and let the Service redirect.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a(")]
    [InlineData("/(?!api)(.*)")]
    public void Path_ThatIsNoLinearExpression_IsNoReasonToFail(string path) => Assert.Single(Lint("/$1", Some.ImplementationSpecific(path)));

    [Theory]
    [InlineData("/static/*", "'/static'")]
    [InlineData("/*", "'/'")]
    [InlineData("/api(/|$)(.*)", "'/api'")]
    [InlineData("/api/?(.*)", "'/api'")]
    [InlineData("/api/.*", "'/api'")]
    [InlineData("/v[0-9]+", null)]
    public void Pattern_WithoutAnnotation_NamesThePrefix(string path, string? prefix)
    {
        var table = RouteTableAnswers.TableOf(Some.Ingress("i", [Some.Rule("h.test", Some.ImplementationSpecific(path))]));

        var finding = Assert.Single(IngressLinter.Lint(table));

        Assert.Equal(IngressDiagnosticIds.PathLooksLikePattern, finding.Id);
        Assert.Equal(prefix is not null, finding.Message.Contains($"write {prefix} as a Prefix", StringComparison.Ordinal));
    }

    private static string Only(IReadOnlyList<IngressDiagnostic> findings)
    {
        var finding = Assert.Single(findings);
        Assert.Equal((IngressDiagnosticIds.PatternAnnotation, $"metadata.annotations[{Key}]"), (finding.Id, finding.Field));
        return finding.Message;
    }

    private static IReadOnlyList<IngressDiagnostic> Lint(string target, params IngressPath[] paths)
        => IngressLinter.Lint(RouteTableAnswers.TableOf(Some.Ingress(
            "i", [Some.Rule("h.test", paths)], annotations: new Dictionary<string, string> { [Key] = target })));
}
