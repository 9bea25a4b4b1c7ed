using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>D4: an invalid Ingress is left out whole and reported; everything else is served.</summary>
public sealed class InvalidIngressTests
{
    private static readonly IngressResource s_valid = Some.Ingress(
        "t/valid", [Some.Rule("h.test", Some.Prefix("/", "valid"))], ageSeconds: 5);

    private static readonly IngressRule s_good = Some.Rule("h.test", Some.Prefix("/", "invalid"), Some.Exact("/only", "invalid"));

    public static TheoryData<string, IngressResource> Invalid => new()
    {
        { "metadata.name", Some.Ingress("t/Bad", [s_good]) },
        { "metadata.namespace", Some.Ingress("Bad/i", [s_good]) },
        { "spec", Some.Ingress("t/i") },
        { "spec.ingressClassName", Some.Ingress("t/i", [s_good], className: "") },
        { "spec.rules[1].host", Some.Ingress("t/i", [s_good, Some.Rule("h..test", Some.Prefix("/"))]) },
        { "spec.rules[1].http.paths", Some.Ingress("t/i", [s_good, Some.Rule("h.test")]) },
        { "spec.rules[1].http.paths[0].pathType", Some.Ingress("t/i", [s_good, Some.Rule("h.test", Some.Path("prefix", "/"))]) },
        { "spec.rules[1].http.paths[0].path", Some.Ingress("t/i", [s_good, Some.Rule("h.test", Some.Exact("x"))]) },
        { "spec.rules[1].http.paths[0].backend", Some.Ingress("t/i", [s_good, Some.Rule("h.test", Some.Exact("/") with { Backend = null })]) },
        { "spec.defaultBackend", Some.Ingress("t/i", [s_good], new IngressBackend()) },
        { "spec.tls[0].hosts[0]", Some.Ingress("t/i", [s_good], tls: [Some.Tls("crt", "")]) },
        { "spec.tls[0].secretName", Some.Ingress("t/i", [s_good], tls: [Some.Tls("/", "h.test")]) },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void Compile_OneFieldIsWrong_LeavesTheWholeIngressOutAndServesTheOthers(string field, IngressResource invalid)
    {
        // Older than the valid one, and with a path of its own: neither may count.
        invalid = invalid with { Metadata = invalid.Metadata with { CreationTimestamp = null } };
        var table = RouteTableAnswers.TableOf(invalid, s_valid);

        Assert.Equal("valid", table.Answer("h.test", "/"));
        Assert.Equal("valid", table.Answer("h.test", "/only"));
        Assert.All(table.Routes, route => Assert.Equal("t/valid", route.Source.Name.ToString()));
        var diagnostic = Assert.Single(table.Diagnostics, d => d.Severity == IngressDiagnosticSeverity.Error && d.FieldError is not null);
        Assert.Equal(field, diagnostic.Field);
        Assert.Equal(invalid.Reference, diagnostic.Resource);
        Assert.DoesNotContain(table.Diagnostics, d => d.Id == IngressDiagnosticIds.PathConflict);
    }

    [Fact]
    public void Compile_InvalidIngress_GivesNoDefaultBackendAndNoCertificate()
    {
        var invalid = Some.Ingress("t/invalid", [Some.Rule("x..y")], Some.Backend("invalid"), [Some.Tls("crt", "h.test")]);
        var table = IngressRouteTable.Compile(new() { Ingresses = [invalid], Secrets = [TestCertificates.Secret("t/crt", "h.test")] });

        Assert.Equal("404", table.Answer("other.test", "/"));
        Assert.Null(table.FindCertificate("h.test"));
    }

    [Fact]
    public void Compile_ObjectFromAFile_IsLocatedByItsField()
    {
        var invalid = Some.Ingress("t/i", [Some.Rule("x..y", Some.Prefix("/"))]) with { Origin = new OriginByField() };

        var diagnostic = Assert.Single(RouteTableAnswers.TableOf(invalid).Diagnostics, d => d.FieldError is not null);

        Assert.Equal(new SourceLocation("spec.rules[0].host", 1, 2), diagnostic.Location);
    }

    [Fact]
    public void Compile_NullSnapshot_Throws() => Assert.Throws<ArgumentNullException>(() => IngressRouteTable.Compile(null!));

    private sealed class OriginByField : ResourceOrigin
    {
        public override SourceLocation Locate(string fieldPath) => new(fieldPath, 1, 2);
    }
}
