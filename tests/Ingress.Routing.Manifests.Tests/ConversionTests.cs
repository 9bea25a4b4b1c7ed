using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Converted manifests read as the originals did, and whatever needs no conversion is left as it is.</summary>
public sealed class ConversionTests
{
    private const string Old = """
        # Who may come in.
        apiVersion: networking.k8s.io/v1beta1
        kind: Ingress
        metadata:
          name: web # the shop
          annotations:
            kubernetes.io/ingress.class: nginx
            snippet: |
              more_set_headers "A: b";
              # no comment of ours
            on: "yes"
        spec:
          # all of it
          rules:
          - host: "*.a.example"
            http:
              paths:
              - path: /
                backend: {serviceName: web, servicePort: 80}

        """;

    private const string New = """
        # Who may come in.
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            kubernetes.io/ingress.class: nginx
            snippet: |
              more_set_headers "A: b";
              # no comment of ours
            "true": "yes"
        spec:
          rules:
          - host: "*.a.example"
            http:
              paths:
              - path: /
                pathType: ImplementationSpecific
                backend:
                  service:
                    name: web
                    port:
                      number: 80

        """;

    [Fact]
    public void Convert_Ingress_IsWrittenAnewAndSaysWhatIsLost()
    {
        var conversion = IngressManifests.Convert(Lines(Old), "m.yaml");

        Assert.Equal(Lines(New).Replace("\"*.a.example\"", "'*.a.example'", StringComparison.Ordinal), conversion.Text.Replace("\"*.a.example\"", "'*.a.example'", StringComparison.Ordinal));
        Assert.Equal((1, 2), (conversion.ConvertedObjects, conversion.LostComments));
        Assert.Contains("the annotation 'kubernetes.io/ingress.class' stays", Assert.Single(conversion.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_Result_ReadsAsTheOriginal()
    {
        var before = Assert.Single(Manifest.Read(Lines(Old)).Snapshot.Ingresses);
        var after = Manifest.ReadIngress(IngressManifests.Convert(Lines(Old)).Text);

        Assert.Equal(Describe(before), Describe(after));
    }

    [Fact]
    public void Convert_Again_ChangesNothing()
    {
        var once = IngressManifests.Convert(Lines(Old)).Text;

        var twice = IngressManifests.Convert(once);

        Assert.Equal((once, 0), (twice.Text, twice.ConvertedObjects));
    }

    [Fact]
    public void Convert_ClassField_TakesThePlaceOfTheAnnotation()
    {
        var ingress = Manifest.ReadIngress(IngressManifests.Convert(Lines(Old), usesClassField: true).Text);

        Assert.Equal("nginx", ingress.IngressClassName);
        Assert.DoesNotContain("kubernetes.io/ingress.class", ingress.Metadata.Annotations.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata: { name: a }   # as it is\n")]
    [InlineData("apiVersion: apps/v1\r\nkind: Deployment\r\n")]
    [InlineData("# head\n---\n# more\na: 1\n---\nb: [\n---\n# tail")]
    public void Convert_OtherDocuments_AreUntouched(string text) => Assert.Equal(text, IngressManifests.Convert(text).Text);

    [Fact]
    public void Convert_OneOfSeveral_LeavesTheOthersAsTheyStand()
    {
        const string Before = "apiVersion: v1\nkind: Service\nmetadata: { name: a }   # as it is\n---\n";
        const string After = "---\n# tail\nkind: Deployment\napiVersion: apps/v1\n\n# end\n";

        var text = IngressManifests.Convert(Before + Lines(Old) + After).Text;

        Assert.StartsWith(Before + "# Who may come in.\napiVersion: networking.k8s.io/v1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("number: 80\n" + After, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_List_ConvertsItsItems()
    {
        const string List = """
            {"apiVersion": "extensions/v1beta1", "kind": "IngressList", "items": [
              {"metadata": {"name": "a"}, "spec": {"backend": {"serviceName": "x", "servicePort": 1}}},
              {"metadata": {"name": "b"}, "spec": {"backend": {"serviceName": "y", "servicePort": "http"}}}]}
            """;

        var conversion = IngressManifests.Convert(List, "list.json");

        var result = Manifest.Read(conversion.Text);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(("a b", 2), (Manifest.Names(result.Snapshot), conversion.ConvertedObjects));
    }

    [Fact]
    public void Convert_BrokenDocument_IsReportedAndLeft()
    {
        var conversion = IngressManifests.Convert("a: [\n---\n" + Lines(Old), "m.yaml");

        Assert.StartsWith("a: [\n---\n", conversion.Text, StringComparison.Ordinal);
        Assert.Equal(1, conversion.ConvertedObjects);
        Assert.Contains(conversion.Diagnostics, item => item is { Id: IngressDiagnosticIds.UnreadableManifest, Severity: IngressDiagnosticSeverity.Error });
    }

    // Whatever YAML would take for something else.
    [Theory]
    [InlineData("yes")]
    [InlineData("0x10")]
    [InlineData("1e3")]
    [InlineData("12:30:45")]
    [InlineData("2020-01-01")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData(" leading and trailing ")]
    [InlineData("a: b")]
    [InlineData("# no comment")]
    [InlineData("- x")]
    [InlineData("line\nline\n")]
    [InlineData("  indented\nline")]
    [InlineData("ends\n\n\n")]
    [InlineData("tab\there\r\n")]
    [InlineData("\u00e9 \u2603 \ud83d\ude00 \u0085 \u2028")]
    [InlineData("'quoted' \"twice\" \\ back")]
    [InlineData("%percent")]
    [InlineData("@at")]
    [InlineData("*star")]
    [InlineData("<<")]
    public void Convert_Text_StaysText(string value)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(value);
        var text = "{\"apiVersion\":\"extensions/v1beta1\",\"kind\":\"Ingress\",\"metadata\":{\"name\":\"a\",\"annotations\":{\"k\":" + json + ",\"list\":"
            + json + "}},\"spec\":{\"backend\":{\"serviceName\":\"x\",\"servicePort\":1}}}";

        var ingress = Manifest.ReadIngress(IngressManifests.Convert(text).Text);

        Assert.Equal(value, ingress.Metadata.Annotations["k"]);
        Assert.Equal(value, ingress.Metadata.Annotations["list"]);
    }

    [Fact]
    public void ConvertFiles_MissingPath_IsADiagnostic()
    {
        var conversion = Assert.Single(IngressManifests.ConvertFiles(["no-such-file.yaml"]));

        Assert.Equal(("", IngressDiagnosticIds.UnreadableManifest), (conversion.Text, Assert.Single(conversion.Diagnostics).Id));
    }

    [Fact]
    public void Convert_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>("text", () => IngressManifests.Convert(null!));
        Assert.Throws<ArgumentNullException>("paths", () => IngressManifests.ConvertFiles(null!));
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    private static string Describe(IngressResource ingress)
        => System.Text.Json.JsonSerializer.Serialize(new { ingress.Metadata.Name, ingress.Metadata.Annotations, ingress.Rules, ingress.Tls, ingress.DefaultBackend });
}
