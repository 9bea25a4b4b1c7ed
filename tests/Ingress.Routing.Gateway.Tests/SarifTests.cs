using System.Reflection;
using System.Text.Json;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>What the schema of SARIF 2.1.0 and code hosts demand of the properties that are written.</summary>
public sealed class SarifTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_Sarif_HasWhatTheSchemaRequires()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop(host: "UPPER.example.com"));

        var result = await Cli.RunAsync("check", file, "--format", "sarif");

        var log = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.Equal("https://json.schemastore.org/sarif-2.1.0.json", log.GetProperty("$schema").GetString());
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("ingress-gateway", driver.GetProperty("name").GetString());
        Assert.All(driver.GetProperty("rules").EnumerateArray(), AssertRule);
        Assert.Equal(1, result.ExitCode);

        var finding = Assert.Single(run.GetProperty("results").EnumerateArray());
        var rule = driver.GetProperty("rules")[finding.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal("INGR004", finding.GetProperty("ruleId").GetString());
        Assert.Equal("INGR004", rule.GetProperty("id").GetString());
        Assert.Equal("error", finding.GetProperty("level").GetString());
        var message = finding.GetProperty("message").GetProperty("text").GetString();
        Assert.StartsWith("The host 'UPPER.example.com' is malformed", message, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{32}$", finding.GetProperty("partialFingerprints").EnumerateObject().Single().Value.GetString());

        var location = Assert.Single(finding.GetProperty("locations").EnumerateArray());
        Assert.Equal(8, location.GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal(11, location.GetProperty("physicalLocation").GetProperty("region").GetProperty("startColumn").GetInt32());
        Assert.Equal("Ingress/shop/shop#spec.rules[0].host", location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString());
    }

    [Theory]
    [InlineData("deploy/my shop.yaml", "deploy/my%20shop.yaml")]
    [InlineData("./deploy/shop.yaml", "deploy/shop.yaml")]
    [InlineData("/repo/deploy/shop.yaml", "deploy/shop.yaml")]
    public void Write_FileBelowTheRoot_HasARelativeUri(string file, string expected)
    {
        var artifact = ArtifactOf(file);

        Assert.Equal((expected, "%SRCROOT%"), (artifact.GetProperty("uri").GetString(), artifact.GetProperty("uriBaseId").GetString()));
    }

    [Fact]
    public void Write_FileElsewhere_HasAnAbsoluteUri()
    {
        var artifact = ArtifactOf("../other/shop.yaml");

        Assert.Equal("file:///other/shop.yaml", artifact.GetProperty("uri").GetString());
        Assert.False(artifact.TryGetProperty("uriBaseId", out _));
    }

    [Fact]
    public void Write_LineThatMoved_KeepsItsFingerprint()
        => Assert.Equal(FingerprintOf(Finding("a.yaml", line: 3)), FingerprintOf(Finding("a.yaml", line: 30)));

    [Fact]
    public async Task Check_StandardInput_HasNoFile()
    {
        var result = await Cli.RunWithInputAsync(ManifestText.Shop(host: "UPPER.example.com"), "check", "-", "--format", "sarif");

        var finding = Assert.Single(JsonDocument.Parse(result.Output).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        Assert.False(finding.GetProperty("locations")[0].TryGetProperty("physicalLocation", out _));
    }

    [Fact]
    public void Rules_AreAllIds()
        => Assert.Equal(
            typeof(IngressDiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (string)field.GetRawConstantValue()!)
                .Order(StringComparer.Ordinal),
            DiagnosticPages.All.Select(page => page.Id));

    private static void AssertRule(JsonElement rule)
    {
        Assert.Matches("^INGR[0-9]{3}$", rule.GetProperty("id").GetString());
        Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!);
        Assert.NotEmpty(rule.GetProperty("fullDescription").GetProperty("text").GetString()!);
        Assert.NotEmpty(rule.GetProperty("help").GetProperty("text").GetString()!);
        Assert.Contains("```", rule.GetProperty("help").GetProperty("markdown").GetString(), StringComparison.Ordinal);
        Assert.Contains(rule.GetProperty("defaultConfiguration").GetProperty("level").GetString(), (string[])["error", "warning", "note"]);
    }

    private static IngressDiagnostic Finding(string file, int line) => new()
    {
        Id = IngressDiagnosticIds.HostShared,
        Severity = IngressDiagnosticSeverity.Warning,
        Resource = new ResourceReference("Ingress", "shop", "web"),
        Message = "Shared.",
        Location = new SourceLocation(file, line, 1),
    };

    private static JsonElement ArtifactOf(string file)
        => ResultOf(Finding(file, 1)).GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");

    private static string FingerprintOf(IngressDiagnostic finding)
        => ResultOf(finding).GetProperty("partialFingerprints").EnumerateObject().Single().Value.GetString()!;

    private static JsonElement ResultOf(IngressDiagnostic finding)
    {
        using var output = new StringWriter();
        SarifWriter.Write([finding], "/repo", output);
        return JsonDocument.Parse(output.ToString()).RootElement.GetProperty("runs")[0].GetProperty("results")[0];
    }
}
