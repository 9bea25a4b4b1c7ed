using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>How a file falls into documents, and what a broken one costs.</summary>
public sealed class DocumentTests
{
    private const string Broken = "a: [1, 2\nb: }";

    [Fact]
    public void Parse_BrokenDocument_CostsNoOther()
    {
        var text = $"{Manifest.Ingress("one")}\n---\n{Broken}\n---\n{Manifest.Ingress("two")}";

        var result = Manifest.Read(text);

        Assert.Equal("one two", Manifest.Names(result.Snapshot));
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("INGR100", IngressDiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
        var brokenLine = text.Split('\n').ToList().IndexOf("a: [1, 2") + 1;
        Assert.InRange(diagnostic.Location!.Value.Line, brokenLine, brokenLine + 1);
        Assert.True(diagnostic.Location.Value.Column >= 1);
        Assert.Null(diagnostic.Resource);
    }

    [Fact]
    public void Parse_BrokenDocumentAfterDots_CostsOnlyWhatFollows()
        => Assert.Equal("one", Manifest.Names(Manifest.Read($"{Manifest.Ingress("one")}\n...\n{Broken}\n").Snapshot));

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("---\n")]
    [InlineData("---\n---\n# nothing\n---\n")]
    [InlineData("# only\n  # comments\n")]
    [InlineData("\n \n\t\n")]
    [InlineData("null\n")]
    [InlineData("---\n~\n...\n")]
    public void Parse_NothingWritten_IsNoError(string text)
    {
        var result = Manifest.Read(text);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(1, result.FilesRead);
    }

    [Theory]
    [InlineData("---\n", "\n---\n", "\n---\n")]
    [InlineData("\uFEFF", "\n--- # next\n", "")]
    [InlineData("%YAML 1.1\n---\n", "\n---   \n", "\n...\n")]
    [InlineData("# first\n%TAG ! tag:example.com,2026:\n--- # here\n", "\n...\n---\n", "\n# end")]
    [InlineData("\n\n", "\n---\t\n", "")]
    [InlineData("--- !!map\n", "\n---\n\uFEFF", "")]
    [InlineData("\uFEFF---\n", "\n\uFEFF--- # concatenated\n", "")]
    public void Parse_SeparatorsOfAllKinds_FindsBothDocuments(string before, string between, string after)
    {
        var text = before + Manifest.Ingress("one") + between + Manifest.Ingress("two") + after;

        foreach (var variant in new[] { text, text.ReplaceLineEndings("\r\n") })
        {
            var result = Manifest.Read(variant);

            Assert.Empty(result.Diagnostics);
            Assert.Equal("one two", Manifest.Names(result.Snapshot));
        }
    }

    [Fact]
    public void Parse_DashesInsideText_DoNotSeparate()
    {
        var ingress = Manifest.ReadIngress(Manifest.Ingress(metadata: "annotations:\n  a: |\n    x\n    ---\n    y\n  b: ---x"));

        Assert.Equal(("x\n---\ny\n", "---x"), (ingress.Metadata.Annotations["a"], ingress.Metadata.Annotations["b"]));
    }

    [Fact]
    public void Parse_CarriageReturns_KeepPositions()
    {
        var text = (Manifest.Ingress("one") + "\n---\n" + Manifest.Ingress("two", number: "x")).ReplaceLineEndings("\r\n");

        var expected = text.Split('\n').ToList().FindIndex(static line => line.Contains("number: x", StringComparison.Ordinal)) + 1;
        Assert.Equal(expected, Manifest.ReadDiagnostic(text).Location!.Value.Line);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("- a\n- b")]
    [InlineData("80")]
    public void Parse_NoMapping_IsNoObject(string text)
    {
        var diagnostic = Manifest.ReadDiagnostic($"---\n{text}\n");

        Assert.Equal(("INGR108", FieldErrorKind.Invalid, 2), (diagnostic.Id, diagnostic.FieldError, diagnostic.Location!.Value.Line));
    }

    [Theory]
    [InlineData("apiVersion: v1\nmetadata: {name: a}", "kind", "INGR108", FieldErrorKind.Required)]
    [InlineData("kind: Ingress\nmetadata: {name: a}", "apiVersion", "INGR108", FieldErrorKind.Required)]
    [InlineData("kind: ''\napiVersion: v1", "kind", "INGR108", FieldErrorKind.Required)]
    [InlineData("kind: Ingress\napiVersion:", "apiVersion", "INGR108", FieldErrorKind.Required)]
    [InlineData("replicas: 1", "kind", "INGR108", FieldErrorKind.Required)]
    [InlineData("kind: 1\napiVersion: v1", "kind", "INGR103", FieldErrorKind.Invalid)]
    [InlineData("kind: Ingress\napiVersion: 1", "apiVersion", "INGR103", FieldErrorKind.Invalid)]
    [InlineData("kind: Ingress\napiVersion: [v1]", "apiVersion", "INGR103", FieldErrorKind.Invalid)]
    public void Parse_NoKindOrVersion_IsReported(string text, string field, string id, FieldErrorKind kind)
    {
        var diagnostic = Manifest.ReadDiagnostic(text);

        Assert.Equal((id, field, kind, IngressDiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Field, diagnostic.FieldError, diagnostic.Severity));
        Assert.NotNull(diagnostic.Location);
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\u0007')]
    [InlineData('\u007F')]
    [InlineData('\u0081')]
    [InlineData('\uFFFF')]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public void Parse_ForbiddenCharacter_IsUnreadableAndNotTheEndOfTheText(char character)
    {
        var result = Manifest.Read($"{Manifest.Ingress("one", host: $"a{character}b")}\n---\n{Manifest.Ingress("two")}");

        Assert.Equal("two", Manifest.Names(result.Snapshot));
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("INGR100", new SourceLocation("m.yaml", 8, 12)), (diagnostic.Id, diagnostic.Location));
    }

    [Fact]
    public void Parse_TabAsIndentation_IsUnreadable()
        => Assert.Equal("INGR100", Manifest.ReadDiagnostic("apiVersion: v1\nkind: Service\nmetadata:\n\tname: a\n").Id);

    [Fact]
    public void Parse_CharactersOutsideTheBasicPlane_CountAsTwoColumns()
    {
        var diagnostic = Manifest.ReadDiagnostic("{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: \"\U0001F600\", uid: 1}}");

        Assert.Equal(79, diagnostic.Location!.Value.Column);
    }
}
