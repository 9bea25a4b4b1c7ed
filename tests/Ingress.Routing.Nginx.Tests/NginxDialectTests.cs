using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Linting;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

public sealed class NginxDialectTests
{
    private static readonly AnnotationDialect s_dialect = NginxAnnotations.CreateDialect(new());

    [Fact]
    public void Rows_AreTheAnnotationsOfTheLastRelease()
        => Assert.Equal(
            AnnotationVocabulary.IngressNginx.Names.Order(StringComparer.Ordinal),
            s_dialect.Annotations.SelectMany(static row => row.Aliases.Prepend(row.Name)).Order(StringComparer.Ordinal));

    [Fact]
    public void Misnomers_AreNoAnnotations()
        => Assert.DoesNotContain(s_dialect.Misnomers.Keys, static name => s_dialect.Find(name) is not null);

    [Fact]
    public void AnnotationWithoutEffect_IsReportedAsInformation()
    {
        var scenario = NginxScenario.Of(("enable-rewrite-log", "true"));

        var finding = Assert.Single(scenario.Findings);
        Assert.Equal((IngressDiagnosticIds.AnnotationWithoutEffect, IngressDiagnosticSeverity.Info), (finding.Id, finding.Severity));
        Assert.False(scenario.Policies.IsClosed);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData("false", false)]
    public void RefusedAnnotation_ThatCouldProtect_ClosesThePathsUnlessItIsOff(string text, bool isClosed)
    {
        var scenario = NginxScenario.Of(("enable-modsecurity", text));

        Assert.Equal(isClosed, scenario.Policies.IsClosed);
        Assert.Equal(isClosed, scenario.Findings is [{ Id: IngressDiagnosticIds.AnnotationRefused, Severity: IngressDiagnosticSeverity.Error }]);
    }

    [Fact]
    public void RefusedAnnotation_ThatOnlyTunes_LeavesThePathsOpen()
    {
        var scenario = NginxScenario.Of(("stream-snippet", "server {}"));

        Assert.Equal((IngressDiagnosticIds.AnnotationRefused, IngressDiagnosticSeverity.Warning), Assert.Single(scenario.Findings.Select(static item => (item.Id, item.Severity))));
        Assert.False(scenario.Policies.IsClosed);
    }

    [Fact]
    public void NameThatDoesNotExist_SaysWhatToWriteInstead()
    {
        var scenario = NginxScenario.Of(("secure-backends", "true"));

        Assert.Contains("Write 'backend-protocol' with HTTPS instead.", Assert.Single(scenario.Findings).Message, StringComparison.Ordinal);
        Assert.False(scenario.Policies.IsClosed);
    }

    // A slip of the pen must not open what was meant to be closed.
    [Fact]
    public void MisspeltName_OfWhatProtects_ClosesThePaths()
    {
        var scenario = NginxScenario.Of(("auth-secrets", "users"));

        Assert.Contains("Did you mean 'auth-secret'?", Assert.Single(scenario.Findings).Message, StringComparison.Ordinal);
        Assert.True(scenario.Policies.IsClosed);
    }

    [Fact]
    public void RiskLevel_RefusesWhatIsAbove()
    {
        var options = new NginxOptions { AnnotationsRiskLevel = NginxRiskLevel.Low };

        Assert.True(NginxScenario.Under(options, ("auth-url", "http://a.test/")).Policies.IsClosed);
        Assert.False(NginxScenario.Under(options, ("enable-access-log", "true")).Policies.IsClosed);
    }

    [Fact]
    public void Blocklist_RefusesTextsThatHoldAWord()
    {
        var options = new NginxOptions { AnnotationValueWordBlocklist = ["_by_lua"] };

        Assert.True(NginxScenario.Under(options, ("enable-access-log", "x_BY_lua")).Policies.IsClosed);
    }

    [Fact]
    public void Prefix_CanBeAnother()
    {
        var ingress = Some.Ingress(
            "t/i",
            [Some.Rule("h.test", Some.Prefix("/a"))],
            annotations: new Dictionary<string, string> { ["other.test/enable-modsecurity"] = "true" });

        Assert.True(NginxScenario.For(new() { Prefix = "other.test" }, ingress).Policies.IsClosed);
    }
}
