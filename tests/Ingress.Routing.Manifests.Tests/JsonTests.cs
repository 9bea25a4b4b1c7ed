using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>JSON, as kubectl takes it.</summary>
public sealed class JsonTests
{
    private const string Header = "\"apiVersion\": \"networking.k8s.io/v1\", \"kind\": \"Ingress\"";

    [Fact]
    public void Parse_SeveralValuesInARow_ReadsAll()
    {
        var result = IngressManifests.Parse(
            $"{{{Header}, \"metadata\": {{\"name\": \"a\"}}}}{{{Header}, \"metadata\": {{\"name\": \"b\"}}}}\n\n{{{Header}, \"metadata\": {{\"name\": \"c\"}}}}", "m.json");

        Assert.Empty(result.Diagnostics);
        Assert.Equal("a b c", Manifest.Names(result.Snapshot));
    }

    [Theory]
    [InlineData("m.json")]
    [InlineData("m.yaml")]
    public void Parse_TabsEscapesAndSeparators_AreRead(string file)
    {
        var text = $$$"""
            {
            	{{{Header}}},
            	"metadata": {"name": "a", "annotations": {"k": "\u00e4\/\ud83d\ude00\n"}, "generation": 1e0},
            	"spec": {}
            }
            ---
            {{{{Header}}}, "metadata": {"name": "b"}}
            """;

        var result = IngressManifests.Parse(text, file);

        Assert.Empty(result.Diagnostics);
        Assert.Equal("a b", Manifest.Names(result.Snapshot));
        var first = result.Snapshot.Ingresses.Single(static ingress => ingress.Metadata.Name == "a");
        Assert.Equal(("\u00e4/\U0001F600\n", 1L), (first.Metadata.Annotations["k"], first.Metadata.Generation));
    }

    [Fact]
    public void Parse_WrongType_HasPositionInUtf16Units()
    {
        var result = IngressManifests.Parse($"\uFEFF\n{{{Header},\n \"metadata\": {{\"uid\": \"\u00e4\U0001F600\", \"name\": 12}}}}", "m.json");

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("INGR103", "metadata.name"), (diagnostic.Id, diagnostic.Field));
        Assert.Equal(new SourceLocation("m.json", 3, 37), diagnostic.Location);
    }

    [Theory]
    [InlineData("true", "metadata.name")]
    [InlineData("[]", "metadata.name")]
    [InlineData("1.5", "metadata.name")]
    public void Parse_OtherTypes_AreRefused(string value, string field)
    {
        var diagnostic = Assert.Single(IngressManifests.Parse($"{{{Header}, \"metadata\": {{\"name\": {value}}}}}", "m.json").Diagnostics);

        Assert.Equal(("INGR103", field), (diagnostic.Id, diagnostic.Field));
    }

    [Fact]
    public void Parse_BrokenAfterOneValue_KeepsIt()
    {
        var result = IngressManifests.Parse($"{{{Header}, \"metadata\": {{\"name\": \"a\"}}}}\n{{\"a\": nope}}", "m.json");

        Assert.Equal("a", Manifest.Names(result.Snapshot));
        Assert.Equal(("INGR100", 2), (Assert.Single(result.Diagnostics).Id, result.Diagnostics[0].Location!.Value.Line));
        Assert.DoesNotContain("nope", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\": \"\\ud800\"}")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("{")]
    [InlineData("{\"a\": 01}")]
    public void Parse_BrokenJsonFile_IsUnreadable(string text)
        => Assert.Equal("INGR100", Assert.Single(IngressManifests.Parse(text, "m.JSON").Diagnostics).Id);

    [Fact]
    public void Parse_UnfinishedJson_IsPlacedAtItsEnd()
        => Assert.Equal(
            new SourceLocation("m.json", 2, 7), Assert.Single(IngressManifests.Parse("{\n\"a\": [\n\n", "m.json").Diagnostics).Location);

    [Fact]
    public void Parse_YamlInBraces_IsYaml()
        => Assert.Equal("a", Manifest.ReadIngress("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a}} # in braces").Metadata.Name);

    [Fact]
    public void Parse_JsonWithYamlComment_IsYaml()
        => Assert.Equal("a", Manifest.ReadIngress($"{{{Header}, \"metadata\": {{\"name\": \"a\"}}}}\n# done\n").Metadata.Name);

    [Fact]
    public void Parse_RepeatedKey_LastCounts()
    {
        var result = IngressManifests.Parse($"{{{Header}, \"metadata\": {{\"name\": \"a\", \"name\": \"b\"}}}}", "m.json");

        Assert.Equal("b", Manifest.Names(result.Snapshot));
        Assert.Equal(("INGR105", "metadata.name"), (Assert.Single(result.Diagnostics).Id, result.Diagnostics[0].Field));
    }
}
