using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>Semantics 2.7.</summary>
public sealed class IngressClassValidationTests
{
    private const string Controller = "spec.controller";

    [Theory]
    [InlineData("example.com/ingress")]
    [InlineData("k8s.io/a/b/c")]
    [InlineData("h/A-Z_a~z.0%20!$&'()*+,;=:")]
    public void Controller_Valid(string controller) => Assert.Empty(FieldErrors.Of(Some.Class("c", controller)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Controller_Missing(string? controller) => AssertErrors(Some.Class("c", controller), Controller + " Required");

    [Theory]
    [InlineData("no-slash")]
    [InlineData("/path")]
    [InlineData("example.com/")]
    [InlineData("Example.com/x")]
    [InlineData("example.com/a b")]
    [InlineData("example.com/a#b")]
    [InlineData("example.com/x\n")]
    public void Controller_Malformed(string controller) => AssertErrors(Some.Class("c", controller), Controller + " Invalid");

    [Fact]
    public void Controller_DomainAndPathMalformed_AreTwoErrors()
        => AssertErrors(Some.Class("c", "Example.com/a b"), Controller + " Invalid", Controller + " Invalid");

    [Fact]
    public void Controller_Length_IsAtMost250()
    {
        Assert.Empty(FieldErrors.Of(Some.Class("c", "a/" + new string('x', 248))));
        AssertErrors(Some.Class("c", "a/" + new string('x', 249)), Controller + " TooLong");
        AssertErrors(Some.Class("c", "A/" + new string('x', 249)), Controller + " TooLong", Controller + " Invalid");
    }

    [Fact]
    public void Parameters_Valid()
    {
        Assert.Empty(Of(new() { Kind = "K", Name = "n" })); // no scope means Cluster
        Assert.Empty(Of(new() { ApiGroup = "example.com", Kind = "K", Name = "n", Scope = "Cluster" }));
        Assert.Empty(Of(new() { Kind = "K", Name = "n", Scope = "Namespace", Namespace = "t" }));
    }

    [Fact]
    public void Parameters_WithoutKindAndName() => AssertParameters(new(), "kind Required", "name Required");

    [Fact]
    public void Parameters_WithMalformedKindNameAndGroup() => AssertParameters(
        new() { ApiGroup = "", Kind = "a/b%", Name = ".." }, "apiGroup Invalid", "kind Invalid", "kind Invalid", "name Invalid");

    [Theory]
    [InlineData("cluster")]
    [InlineData("")]
    [InlineData("Global")]
    public void ParametersScope_Unknown(string scope)
        => AssertParameters(new() { Kind = "K", Name = "n", Scope = scope }, "scope NotSupported");

    [Fact]
    public void ParametersNamespace_MissingForScopeNamespace()
        => AssertParameters(new() { Kind = "K", Name = "n", Scope = "Namespace" }, "namespace Required");

    [Fact]
    public void ParametersNamespace_Malformed()
        => AssertParameters(new() { Kind = "K", Name = "n", Scope = "Namespace", Namespace = "a.b" }, "namespace Invalid");

    [Theory]
    [InlineData("Cluster")]
    [InlineData(null)]
    public void ParametersNamespace_ForbiddenForScopeCluster(string? scope)
        => AssertParameters(new() { Kind = "K", Name = "n", Scope = scope, Namespace = "t" }, "namespace Forbidden");

    [Fact]
    public void IngressClass_Malformed_IsNamedInTheDiagnostic()
    {
        var diagnostic = Assert.Single(IngressRouteTable.Compile(new() { IngressClasses = [Some.Class("c", null)] }).Diagnostics);

        Assert.Equal(IngressDiagnosticIds.InvalidIngressClass, diagnostic.Id);
        Assert.Equal("IngressClass/c", diagnostic.Resource.ToString()); // cluster-scoped: no namespace
    }

    private static IReadOnlyList<string> Of(IngressClassParameters parameters)
        => FieldErrors.Of(Some.Class("c") with { Parameters = parameters });

    private static void AssertErrors(IngressClassResource ingressClass, params string[] errors)
        => FieldErrors.AssertAre(FieldErrors.Of(ingressClass), [.. errors.Select(error => error + " INGR010")]);

    private static void AssertParameters(IngressClassParameters parameters, params string[] errors)
        => FieldErrors.AssertAre(Of(parameters), [.. errors.Select(error => $"spec.parameters.{error} INGR010")]);
}
