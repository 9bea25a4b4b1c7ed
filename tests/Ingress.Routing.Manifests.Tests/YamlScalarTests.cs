using System.Globalization;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Plain scalars as sigs.k8s.io/yaml types them.</summary>
public sealed class YamlScalarTests
{
    [Theory]
    [InlineData("80", 80)]
    [InlineData("+80", 80)]
    [InlineData("-5", -5)]
    [InlineData("0", 0)]
    [InlineData("010", 8)]
    [InlineData("0o17", 15)]
    [InlineData("0x50", 80)]
    [InlineData("0X1f", 31)]
    [InlineData("-0x10", -16)]
    [InlineData("0b1010", 10)]
    [InlineData("8_080", 8080)]
    [InlineData("08", 8)]
    [InlineData("80.0", 80)]
    [InlineData("80.", 80)]
    [InlineData("8e1", 80)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Resolve_WholeNumber_IsInteger(string text, long expected)
    {
        var scalar = YamlScalars.Resolve(text, Position.Start);

        Assert.Equal((ScalarType.Integer, expected), (scalar.Type, scalar.Integer));
    }

    [Theory]
    [InlineData("80.5")]
    [InlineData(".5")]
    [InlineData("1e-2")]
    [InlineData(".inf")]
    [InlineData("-.INF")]
    [InlineData(".nan")]
    [InlineData("1e30")]
    [InlineData("99999999999999999999999")]
    [InlineData("0xFFFFFFFFFFFFFFFFFF")]
    public void Resolve_OtherNumber_IsNumber(string text) => Assert.Equal(ScalarType.Number, YamlScalars.Resolve(text, Position.Start).Type);

    [Theory]
    [InlineData("y yes Yes YES Y on On ON true True TRUE", true)]
    [InlineData("n no No NO N off Off OFF false False FALSE", false)]
    public void Resolve_Yaml11Boolean_IsBoolean(string texts, bool expected)
    {
        foreach (var text in texts.Split(' '))
        {
            var scalar = YamlScalars.Resolve(text, Position.Start);

            Assert.Equal((text, ScalarType.Boolean, expected), (text, scalar.Type, scalar.Integer == 1));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("Null")]
    [InlineData("NULL")]
    public void Resolve_Null_IsNull(string text) => Assert.Equal(ScalarType.Null, YamlScalars.Resolve(text, Position.Start).Type);

    [Theory]
    [InlineData("yEs")]
    [InlineData("tRUE")]
    [InlineData("nULL")]
    [InlineData("1.2.3.4")]
    [InlineData("12:30")]
    [InlineData("0x")]
    [InlineData("0xZZ")]
    [InlineData("0b12")]
    [InlineData("+-1")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("...a")]
    [InlineData("1e")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T12:00:00Z")]
    [InlineData("/")]
    [InlineData("a.example")]
    public void Resolve_AnythingElse_IsString(string text) => Assert.Equal(ScalarType.String, YamlScalars.Resolve(text, Position.Start).Type);

    [Fact]
    public void Resolve_AnyCulture_ReadsNumbersTheSameWay()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Assert.Equal(ScalarType.Number, YamlScalars.Resolve("80.5", Position.Start).Type);
            Assert.Equal(80, YamlScalars.Resolve("80.0", Position.Start).Integer);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("!!str 80", "80")]
    [InlineData("!!str yes", "yes")]
    [InlineData("!custom 80", "80")]
    [InlineData("! 80", "80")]
    [InlineData("'on'", "on")]
    [InlineData("\"1\"", "1")]
    [InlineData("!!binary aGk=", "hi")]
    [InlineData("|-\n    on", "on")]
    public void Parse_TaggedOrQuoted_IsString(string value, string expected)
    {
        var ingress = Manifest.ReadIngress(Manifest.Ingress(metadata: $"annotations:\n  k: {value}"));

        Assert.Equal(expected, ingress.Metadata.Annotations["k"]);
    }

    [Theory]
    [InlineData("!!int \"80\"")]
    [InlineData("!!int 0x50")]
    public void Parse_TaggedInteger_IsNumber(string value)
        => Assert.Equal(80, Manifest.ReadIngress(Manifest.Ingress(number: value)).Rules[0].Paths![0].Backend!.Service!.Port!.Number);

    [Theory]
    [InlineData("!!int many")]
    [InlineData("!!bool 1")]
    [InlineData("!!null a")]
    [InlineData("!!float x")]
    [InlineData("!!binary '*'")]
    public void Parse_TagThatDoesNotFit_IsUnreadable(string value)
    {
        var diagnostic = Manifest.ReadDiagnostic(Manifest.Ingress(number: value));

        Assert.Equal("INGR100", diagnostic.Id);
        Assert.Equal(17, diagnostic.Location!.Value.Line);
    }
}
