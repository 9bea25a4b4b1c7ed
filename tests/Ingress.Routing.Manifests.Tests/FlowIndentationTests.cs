using System.Text;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Brackets and quoted texts whose lines stand left of what they belong to. kubectl takes all of these.</summary>
public sealed class FlowIndentationTests
{
    [Theory]
    [InlineData("\"x\n  y\"", "x y")]
    [InlineData("\"x\ny\"", "x y")]
    [InlineData("\"x\n\n\ny\"", "x\n\ny")]
    [InlineData("\"x \\\n  y\"", "x y")]
    [InlineData("\"a \\\" b\n  c\"", "a \" b c")]
    [InlineData("\"\\u00e4\nx\"", "\u00e4 x")]
    public void Parse_QuotedTextOnTheLeft_IsRead(string value, string expected)
    {
        var ingress = Manifest.ReadIngress(Manifest.Ingress(metadata: $"annotations:\n  a: {value}\n  b: after"));

        Assert.Equal((expected, "after"), (ingress.Metadata.Annotations["a"], ingress.Metadata.Annotations["b"]));
        Assert.Equal((4, 9), (ingress.Origin!.Locate("metadata.name").Line, ingress.Origin.Locate("metadata.name").Column));
    }

    [Fact]
    public void Parse_BracketsOnTheLeft_AreReadAndKeepTheirPlaces()
    {
        const string Text = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              annotations: {
              a: 'it''s [', # not } the end
              b: "x } \" y",
            c: don't
            }
            spec:
              tls:
              - hosts: [
                a.example,
                b.example
                ]
                secretName: cert
              rules:
              - http: {paths: [{
              path: /x}]}
            """;

        var ingress = Manifest.ReadIngress(Text);

        Assert.Equal(["it's [", "x } \" y", "don't"], ingress.Metadata.Annotations.OrderBy(static pair => pair.Key).Select(static pair => pair.Value));
        Assert.Equal(["a.example", "b.example"], ingress.Tls[0].Hosts);
        Assert.Equal("cert", ingress.Tls[0].SecretName);
        Assert.Equal("/x", ingress.Rules[0].Paths![0].Path);
        Assert.Equal(new SourceLocation("m.yaml", 13, 5), ingress.Origin!.Locate("spec.tls[0].hosts[1]"));
        Assert.Equal(new SourceLocation("m.yaml", 18, 9), ingress.Origin.Locate("spec.rules[0].http.paths[0].path"));
        Assert.Equal(new SourceLocation("m.yaml", 7, 4), ingress.Origin.Locate("metadata.annotations[c]"));
    }

    [Fact]
    public void Parse_BrokenAfterRepair_HasItsPlaceInTheFile()
    {
        var diagnostic = Manifest.ReadDiagnostic(Manifest.Ingress(metadata: "annotations:\n  a: \"x\ny\"\nlabels: {a: @}"));

        Assert.Equal(("INGR100", new SourceLocation("m.yaml", 8, 15)), (diagnostic.Id, diagnostic.Location));
    }

    [Fact]
    public void Parse_VeryManyOnTheLeft_AreReportedInReasonableTime()
    {
        var text = new StringBuilder("apiVersion: v1\nkind: ConfigMap\ndata:\n");
        for (var i = 0; i < 20_000; i++)
        {
            text.Append("  k: \"x\n  y\"\n");
        }

        Assert.Equal("INGR100", Manifest.ReadDiagnostic(text.ToString()).Id);
    }
}
