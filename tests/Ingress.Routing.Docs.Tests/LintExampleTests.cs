using Ingress.Routing.Linting;
using Ingress.Routing.Manifests;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests;

/// <summary>The example of each lint id in docs/diagnostics.md is a manifest that has this finding, and no error.</summary>
public sealed class LintExampleTests
{
    private const string FirstLintId = "INGR110";
    private const string FirstOtherId = "INGR127";

    public static TheoryData<string, string> Examples()
    {
        var examples = new TheoryData<string, string>();
        foreach (var section in Repository.Read("docs/diagnostics.md").Split("\n## ").Where(section => IsLint(section)))
        {
            examples.Add(section[..7], section.Split("```yaml\n")[1].Split("\n```")[0]);
        }

        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_HasTheFinding(string id, string manifest)
    {
        // What the comments of one example promise: a certificate with ten days left.
        var secret = TestCertificates.Secret("shop-tls", "shop.example.test", "shp.example.test");
        var snapshot = IngressManifests.Parse(manifest, "example.yaml").Snapshot;
        var table = IngressRouteTable.Compile(snapshot with { Secrets = [secret] });
        var now = IngressRouteTable.Compile(
            new ClusterSnapshot { Secrets = [secret] }, new() { DefaultCertificate = secret.Name }).FindCertificate(null)!.NotAfter.AddDays(-10);

        var findings = IngressLinter.Lint(table, new() { Now = now });

        Assert.Contains(findings, finding => finding.Id == id && finding.Location is { Line: > 0 });
        Assert.DoesNotContain(table.Diagnostics, diagnostic => diagnostic.Severity == Diagnostics.IngressDiagnosticSeverity.Error);
    }

    private static bool IsLint(string section)
        => section.StartsWith("INGR", StringComparison.Ordinal)
            && string.CompareOrdinal(section[..7], FirstLintId) >= 0
            && string.CompareOrdinal(section[..7], FirstOtherId) < 0;
}
