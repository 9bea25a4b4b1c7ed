using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>Semantics 2.4: path type and path.</summary>
public sealed class PathValidationTests
{
    private const string Field = "spec.rules[0].http.paths[0]";
    private const string Error = Field + ".path Invalid INGR007";

    // 2.4.4: what nobody checks.
    [Theory]
    [InlineData("/")]
    [InlineData("/a/")]
    [InlineData("/a.")]
    [InlineData("/.a")]
    [InlineData("/..a")]
    [InlineData("/a..")]
    [InlineData("/...")]
    [InlineData("/%2e%2e")]
    [InlineData("/%2E/a")]
    [InlineData("/%5C")]
    [InlineData("/%00")]
    [InlineData("/%zz")]
    [InlineData("/%")]
    [InlineData("/a b")]
    [InlineData("/a\nb")]
    [InlineData("/a\tb\u007f")]
    [InlineData("/a?b")]
    [InlineData("/a#b")]
    [InlineData("/a;b=c")]
    [InlineData("/*")]
    [InlineData("/(a|b)$")]
    [InlineData("/café")]
    [InlineData("/a\\b")]
    public void Path_OfAnyType_Valid(string path) => Assert.All(
        [PathTypes.Exact, PathTypes.Prefix, PathTypes.ImplementationSpecific],
        type => FieldErrors.AssertAre(FieldErrors.OfPath(Some.Path(type, path))));

    // 2.4.3: one error for each thing that is wrong, however often it is there.
    [Theory]
    [InlineData(null, 1)] // invalid, not required (trap 16)
    [InlineData("", 1)]
    [InlineData("a", 1)]
    [InlineData("*", 1)]
    [InlineData("%2Fa", 2)] // relative, and an encoded slash
    [InlineData("//", 1)]
    [InlineData("/a//b", 1)]
    [InlineData("/a//b//c", 1)]
    [InlineData("/a/./b", 1)]
    [InlineData("/a/../b", 1)]
    [InlineData("/./", 1)]
    [InlineData("/../", 1)]
    [InlineData("/a%2fb", 1)]
    [InlineData("/a%2Fb", 1)]
    [InlineData("/a%2F%2Fb", 1)]
    [InlineData("/a%2f%2Fb", 2)] // the two spellings are two things
    [InlineData("/a/.", 1)]
    [InlineData("/a/..", 1)]
    [InlineData("/.", 1)]
    [InlineData("/..", 1)]
    [InlineData("/a//./../..", 4)] // "//", "/./", "/../", and the end
    [InlineData("a//b", 2)]
    [InlineData("a/../b/.", 3)]
    public void Path_OfExactOrPrefix_Malformed(string? path, int errors) => Assert.All(
        [PathTypes.Exact, PathTypes.Prefix],
        type => FieldErrors.AssertAre(FieldErrors.OfPath(Some.Path(type, path)), [.. Enumerable.Repeat(Error, errors)]));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("//")]
    [InlineData("/a/../b/./..")]
    [InlineData("/a%2Fb%2f")]
    [InlineData("/[unclosed(")]
    public void Path_OfImplementationSpecific_Valid(string? path)
        => FieldErrors.AssertAre(FieldErrors.OfPath(Some.ImplementationSpecific(path))); // 2.4.5

    [Theory]
    [InlineData("a")]
    [InlineData("*")]
    [InlineData(" /")]
    public void Path_OfImplementationSpecific_Malformed(string path)
        => FieldErrors.AssertAre(FieldErrors.OfPath(Some.ImplementationSpecific(path)), Error); // 2.4.5

    [Fact]
    public void PathType_Missing_NothingElseIsChecked()
        => FieldErrors.AssertAre(FieldErrors.OfPath(new() { Path = "relative//" }), Field + ".pathType Required INGR006"); // 2.4.1

    [Theory]
    [InlineData("")] // not missing (trap 17)
    [InlineData("prefix")]
    [InlineData("PREFIX")]
    [InlineData("exact")]
    [InlineData("Regex")]
    [InlineData("Prefix ")]
    public void PathType_Unknown(string type)
        => FieldErrors.AssertAre(FieldErrors.OfPath(Some.Path(type, "relative//")), Field + ".pathType NotSupported INGR006"); // 2.4.2

    [Fact]
    public void PathType_Unknown_TheBackendIsCheckedAllTheSame() => FieldErrors.AssertAre(
        FieldErrors.OfPath(new() { Path = "/", PathType = "Regex" }),
        Field + ".pathType NotSupported INGR006",
        Field + ".backend Invalid INGR008");

    [Fact]
    public void Path_UnderAWildcardHost_IsCheckedLikeAnyOther() => FieldErrors.AssertAre(
        // 2.4.6
        FieldErrors.Of(
            Some.Ingress(
                "i", [Some.Rule("*.h.test", Some.Prefix("/"), Some.Prefix("/a//"))])), "spec.rules[0].http.paths[1].path Invalid INGR007");

    [Fact]
    public void Path_EveryOneOfEveryRule_IsChecked() => FieldErrors.AssertAre(
        FieldErrors.Of(Some.Ingress("i", [Some.Rule("a.test", Some.Prefix("x")), Some.Rule("b.test", Some.Prefix("/"), Some.Exact("y"))])),
        "spec.rules[0].http.paths[0].path Invalid INGR007",
        "spec.rules[1].http.paths[1].path Invalid INGR007");
}
