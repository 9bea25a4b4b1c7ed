using System.Text.Json;

namespace Ingress.Routing.Gateway.Tests;

public sealed class NginxOptionTests
{
    private const string Manifest = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: shop
          namespace: shop
          annotations:
            nginx.ingress.kubernetes.io/permanent-redirect: https://new.test/
            nginx.ingress.kubernetes.io/secure-backends: "true"
        spec:
          rules:
            - host: shop.test
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
        """;

    [Theory]
    [InlineData("nginx")]
    [InlineData("nginx,strict")]
    public async Task Annotations_AreUnderstoodByExplain(string value)
    {
        var result = await Cli.RunWithInputAsync(Manifest, "explain", "http://shop.test/", "--manifests", "-", "--annotations", value);

        Assert.Contains("redirect to https://new.test/ with 301", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotations_AreNotUnderstoodUnlessAskedFor()
    {
        var result = await Cli.RunWithInputAsync(Manifest, "explain", "http://shop.test/", "--manifests", "-");

        Assert.DoesNotContain("redirect to", result.Output, StringComparison.Ordinal);
    }

    // Lint says it as well where the dialect is not in use.
    [Theory]
    [InlineData("INGR077", "--annotations", "nginx")]
    [InlineData("INGR120")]
    public async Task Check_ReportsEachNameOnce(string id, params string[] options)
    {
        var result = await Cli.RunWithInputAsync(Manifest, ["check", "-", "--format", "json", .. options]);

        var findings = JsonDocument.Parse(result.Output).RootElement.EnumerateArray()
            .Where(static finding => finding.GetProperty("field").GetString()!.Contains("secure-backends", StringComparison.Ordinal));
        Assert.Equal(id, Assert.Single(findings).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Prefix_CanBeAnother()
    {
        var manifest = Manifest.Replace("nginx.ingress.kubernetes.io", "edge.test", StringComparison.Ordinal);

        var result = await Cli.RunWithInputAsync(
            manifest, "explain", "http://shop.test/", "--manifests", "-", "--annotations", "nginx", "--annotations-prefix", "edge.test");

        Assert.Contains("redirect to https://new.test/ with 301", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--annotations: 'traefik' is not understood. Expected 'nginx' or 'nginx,strict'.", "--annotations", "traefik")]
    [InlineData("--annotations-prefix needs '--annotations nginx'.", "--annotations-prefix", "edge.test")]
    [InlineData("--annotations-prefix: 'edge.test/' is no prefix.", "--annotations", "nginx", "--annotations-prefix", "edge.test/")]
    public async Task WrongValues_AreRefused(string problem, params string[] options)
    {
        var result = await Cli.RunWithInputAsync(Manifest, ["check", "-", .. options]);

        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }
}
