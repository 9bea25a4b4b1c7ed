using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>Semantics 2.1.</summary>
public sealed class MetadataValidationTests
{
    private static readonly string s_longest = string.Join('.', Enumerable.Repeat(new string('a', 62), 4)) + "a"; // 252, then one more

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("1.2.3.4")]
    [InlineData("a.b-c.d")]
    [InlineData("a--b")]
    public void Name_Valid(string name) => FieldErrors.AssertNone(Named(name, "t"));

    [Fact]
    public void Name_Of253Characters_IsValid()
    {
        var name = s_longest + new string('a', 253 - s_longest.Length);

        FieldErrors.AssertNone(Named(name, "t"));
        FieldErrors.AssertAre(FieldErrors.Of(Named(name + "a", "t")), "metadata.name Invalid INGR001");
        FieldErrors.AssertAre(FieldErrors.Of(Named(name + "A", "t")), "metadata.name Invalid INGR001", "metadata.name Invalid INGR001");
    }

    [Theory]
    [InlineData("A")]
    [InlineData("a_b")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a-.b")]
    [InlineData("a/b")]
    [InlineData("é")]
    [InlineData("a\n")] // a pattern that ends in '$' lets this through
    [InlineData("\u212a")] // the Kelvin sign, which ignoring case makes a 'k'
    public void Name_Malformed(string name)
        => FieldErrors.AssertAre(FieldErrors.Of(Named(name, "t")), "metadata.name Invalid INGR001"); // 2.1.1

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Name_Missing(string? name)
        => FieldErrors.AssertAre(FieldErrors.Of(Named(name, "t")), "metadata.name Required INGR001"); // 2.1.1

    [Theory]
    [InlineData("t")]
    [InlineData("0-t")]
    [InlineData(null)] // D4: means "default"
    [InlineData("")]
    public void Namespace_Valid(string? value) => FieldErrors.AssertNone(Named("i", value));

    [Theory]
    [InlineData("a.b")]
    [InlineData("A")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a_b")]
    public void Namespace_Malformed(string value)
        => FieldErrors.AssertAre(FieldErrors.Of(Named("i", value)), "metadata.namespace Invalid INGR001"); // 2.1.2

    [Fact]
    public void Namespace_LongerThan63Characters()
    {
        FieldErrors.AssertNone(Named("i", new string('a', 63)));
        FieldErrors.AssertAre(FieldErrors.Of(Named("i", new string('a', 64))), "metadata.namespace Invalid INGR001");
        FieldErrors.AssertAre(
            FieldErrors.Of(Named("i", new string('A', 64))), "metadata.namespace Invalid INGR001", "metadata.namespace Invalid INGR001");
    }

    private static IngressResource Named(string? name, string? @namespace)
        => Some.Ingress("x", defaultBackend: Some.Backend("web")) with { Metadata = new() { Name = name, Namespace = @namespace } };
}
