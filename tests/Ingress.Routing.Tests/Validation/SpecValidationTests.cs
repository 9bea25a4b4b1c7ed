using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>Semantics 2.2 and 2.6.</summary>
public sealed class SpecValidationTests
{
    [Fact]
    public void Spec_WithNeitherRulesNorDefault()
        => FieldErrors.AssertAre(FieldErrors.Of(Some.Ingress("i")), "spec Invalid INGR002"); // 2.2.1

    [Fact]
    public void Spec_WithTlsOnly()
        => FieldErrors.AssertAre(FieldErrors.Of(Some.Ingress("i", tls: [Some.Tls("crt", "h.test")])), "spec Invalid INGR002"); // 2.2.1

    [Fact]
    public void Spec_WithDefaultOnly_IsValid() => FieldErrors.AssertNone(Some.Ingress("i", defaultBackend: Some.Backend("web")));

    [Theory]
    [InlineData("nginx")]
    [InlineData("a.b")]
    public void ClassName_Valid(string name)
        => FieldErrors.AssertNone(Some.Ingress("i", defaultBackend: Some.Backend("web"), className: name));

    [Theory]
    [InlineData("")] // an explicit empty string
    [InlineData("Upper")]
    [InlineData("a/b")]
    [InlineData("a_b")]
    public void ClassName_Malformed(string name) => FieldErrors.AssertAre(
        // 2.2.2
        FieldErrors.Of(Some.Ingress("i", defaultBackend: Some.Backend("web"), className: name)), "spec.ingressClassName Invalid INGR003");

    [Theory]
    [InlineData("h.test")]
    [InlineData("")]
    [InlineData(null)]
    public void Rule_WithoutHttp_IsValid(string? host) => FieldErrors.AssertNone(Some.Ingress("i", [new() { Host = host }])); // 2.2.3

    [Fact]
    public void Rule_WithHttpButNoPaths() => FieldErrors.AssertAre(
        // 2.2.4
        FieldErrors.Of(
            Some.Ingress("i", [Some.Rule("h.test", Some.Prefix("/")), Some.Rule("h.test")])), "spec.rules[1].http.paths Required INGR005");

    [Theory]
    [InlineData("h.test")]
    [InlineData("*.h.test")]
    [InlineData("192.0.2.1")] // 2.6.1: no IP check here
    [InlineData("localhost")]
    public void TlsHost_Valid(string host) => FieldErrors.AssertNone(WithTls(Some.Tls("crt", host)));

    [Theory]
    [InlineData("")]
    [InlineData("H.test")]
    [InlineData("*")]
    [InlineData("a.*.test")]
    [InlineData("h.test.")]
    [InlineData("2001:db8::1")] // one error: there is no IP check that could add another
    public void TlsHost_Malformed(string host) => FieldErrors.AssertAre(
        // 2.6.1
        FieldErrors.Of(WithTls(Some.Tls("crt", "ok.test"), Some.Tls("crt", "ok.test", host))), "spec.tls[1].hosts[1] Invalid INGR009");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("crt")]
    [InlineData("a.b")]
    public void TlsSecretName_Valid(string? name) => FieldErrors.AssertNone(WithTls(Some.Tls(name, "h.test")));

    [Theory]
    [InlineData("t/crt")] // 2.6.2: no form with a namespace
    [InlineData("Crt")]
    [InlineData("-crt")]
    public void TlsSecretName_Malformed(string name)
        => FieldErrors.AssertAre(FieldErrors.Of(WithTls(Some.Tls(name, "h.test"))), "spec.tls[0].secretName Invalid INGR009"); // 2.6.2

    [Fact]
    public void Tls_WithHostsThatNoRuleHas_IsValid()
        => FieldErrors.AssertNone(WithTls(Some.Tls("crt", "elsewhere.test"), Some.Tls("crt"))); // 2.6.3

    [Fact]
    public void Duplicates_AreValidEverywhere() => FieldErrors.AssertNone(Some.Ingress(
        "i",
        [Some.Rule("h.test", Some.Prefix("/"), Some.Prefix("/")), Some.Rule("h.test", Some.Prefix("/"))],
        tls: [Some.Tls("crt", "h.test", "h.test"), Some.Tls("crt", "h.test")])); // section 2: no duplicate check anywhere

    private static IngressResource WithTls(params IngressTls[] tls) => Some.Ingress("i", defaultBackend: Some.Backend("web"), tls: tls);
}
