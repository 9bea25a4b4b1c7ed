using Ingress.Routing.Tests.Shared;
using Ingress.Routing.Tests.Validation;

namespace Ingress.Routing.Tests.Traps;

/// <summary>The traps of section 19 of the semantics that concern validation. The whole rules are tested under Validation.</summary>
public sealed class ValidationTrapTests
{
    [Theory]
    [InlineData("1", true)] // IPAddress.TryParse takes these for addresses
    [InlineData("123", true)]
    [InlineData("1.2.3", true)]
    [InlineData("0x7f.1", true)]
    [InlineData("1.2.3.08", false)] // and not this
    public void Trap15_Host_IsJudgedByTheParserOfTheApiServer(string host, bool isValid)
    {
        var table = RouteTableAnswers.TableOf(Some.Ingress("i", [Some.Rule(host, Some.Prefix("/"))]));

        Assert.Equal(isValid ? 1 : 0, table.Routes.Count);
        Assert.Equal(isValid ? "web" : "404", table.Answer(host, "/"));
    }

    [Fact]
    public void Trap15_LabelsAndTlsHosts_HaveNoLimitsOfTheirOwn()
    {
        var label = new string('a', 64);
        var ingress = Some.Ingress(
            "i", [Some.Rule(label + ".test", Some.Prefix("/"))], tls: [Some.Tls("crt", "192.0.2.1", label + ".test")]);

        FieldErrors.AssertNone(ingress);
        Assert.Equal("web", RouteTableAnswers.TableOf(ingress).Answer(label + ".test", "/"));
    }

    [Fact]
    public void Trap16_KindsAndFields_AreThoseOfTheApiServer()
    {
        const string Field = "spec.rules[0].http.paths[0]";
        FieldErrors.AssertAre(FieldErrors.OfPath(Some.Exact("")), Field + ".path Invalid INGR007");
        FieldErrors.AssertAre(FieldErrors.OfPath(Some.Prefix("/") with { Backend = null }), Field + ".backend Invalid INGR008");
        FieldErrors.AssertAre(
            FieldErrors.OfPath(
                Some.Prefix("/") with { Backend = new() { Service = new() { Name = "web" } } }), Field + ".backend Required INGR008");
        Assert.Contains(
            RouteTableAnswers.TableOf(
                Some.Ingress("i", defaultBackend: Some.Backend("web"), className: "a", annotations: Some.ClassAnnotation("b"))).Diagnostics,
            d => d.Field == "annotations.kubernetes.io/ingress.class");
    }

    [Theory]
    [InlineData(null, "Required")]
    [InlineData("", "NotSupported")]
    [InlineData("prefix", "NotSupported")]
    public void Trap17_PathType_EmptyIsNotMissingAndCaseCounts(string? type, string kind)
        => FieldErrors.AssertAre(
            FieldErrors.OfPath(Some.Prefix("/") with { PathType = type }), $"spec.rules[0].http.paths[0].pathType {kind} INGR006");
}
