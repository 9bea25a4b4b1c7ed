using System.Text;
using System.Text.Json;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Gateway.Tests;

public sealed class DiffCommandTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Diff_SameManifestsInOtherFiles_ExitsWith0()
    {
        var old = _folder.Write("old/all.yaml", ManifestText.Shop());
        _folder.Write("new/b/renamed.yaml", ManifestText.Shop());

        var result = await Cli.RunAsync("diff", old, Path.Combine(_folder.Path, "new"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("No request, certificate or destination changes." + Environment.NewLine, result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Diff_OneBackendChanged_SaysWhatWhoAndWhere()
    {
        var (old, @new) = WriteShops("name: probe", "name: health");

        var result = await Cli.RunAsync("diff", old, @new);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"""
            1 change for requests, 0 for certificates, 0 for destinations.

            shop.example.com
              moved   exactly /health  shop/probe:http -> shop/health:http
                      was  {old}:14, Exact /health of Ingress shop/shop
                      now  {@new}:14, Exact /health of Ingress shop/shop
                      try  http://shop.example.com/health

            """,
            result.Output,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Diff_Json_HoldsRegionAnswersAndWitness()
    {
        var (old, @new) = WriteShops("path: /health", "path: /healthz");

        var result = await Cli.RunAsync("diff", old, @new, "--format", "json");

        Assert.Equal(1, result.ExitCode);
        var requests = JsonDocument.Parse(result.Output).RootElement.GetProperty("requests").EnumerateArray().ToList();
        Assert.Equal(["/health", "/healthz"], requests.Select(request => request.GetProperty("paths")[0].GetProperty("path").GetString()));
        Assert.All(requests, request => Assert.True(request.GetProperty("paths")[0].GetProperty("exact").GetBoolean()));
        AssertJson(
            """{"url":"http://shop.example.com/health","host":"shop.example.com","target":"/health"}""", requests[0].GetProperty("witness"));
        AssertJson("""[{"kind":"exact","pattern":"shop.example.com","except":[]}]""", requests[0].GetProperty("hosts"));
        AssertJson(
            $$"""
            {"status":503,"service":"shop/probe","port":"http","resource":null,"policies":[],"ingress":"shop/shop",
             "field":"spec.rules[0].http.paths[1]","file":"{{old}}","line":14,"column":9}
            """,
            requests[0].GetProperty("before"));
        Assert.Equal("shop/web", requests[0].GetProperty("after").GetProperty("service").GetString());
    }

    [Fact]
    public async Task Diff_Json_HoldsCertificatesAndDestinations()
    {
        var old = _folder.Write("old.yaml", ManifestText.Shop() + ManifestText.Service("shop", "web", 80, "10.0.0.1", 8080));
        var @new = _folder.Write("new.yaml", ManifestText.Shop());

        var root = JsonDocument.Parse((await Cli.RunAsync("diff", old, @new, "--format", "json")).Output).RootElement;

        Assert.Empty(root.GetProperty("requests").EnumerateArray());
        Assert.Empty(root.GetProperty("certificates").EnumerateArray());
        AssertJson("""[{"service":"shop/web","port":80,"before":"ready","after":"serviceNotFound"}]""", root.GetProperty("destinations"));
    }

    [Fact]
    public async Task Diff_ServiceLost_IsToldApartFromRequests()
    {
        var old = _folder.Write("old.yaml", ManifestText.Shop() + ManifestText.Service("shop", "web", 80, "10.0.0.1", 8080));
        var @new = _folder.Write("new.yaml", ManifestText.Shop());

        var result = await Cli.RunAsync("diff", old, @new);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("0 changes for requests, 0 for certificates, 1 for destinations.", result.Output, StringComparison.Ordinal);
        Assert.Contains("  lost    shop/web:80  ready -> 503, no such Service", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_Certificates_AreToldBySecretAndFingerprint()
    {
        var (first, second) = (TestCertificates.Secret("shop/first", "shop.example.com"), TestCertificates.Secret("shop/second", "shop.example.com"));
        var old = _folder.Write("old.yaml", WithTls("first") + SecretText(first));
        var @new = _folder.Write("new.yaml", WithTls("second") + SecretText(first) + SecretText(second));
        var none = _folder.Write("none.yaml", WithTls("second"));

        var moved = await Cli.RunAsync("diff", old, @new);
        var refused = await Cli.RunAsync("diff", @new, none);
        var byDefault = await Cli.RunAsync("diff", old, old, "--default-certificate", "shop/first");
        var json = JsonDocument.Parse((await Cli.RunAsync("diff", @new, none, "--format", "json")).Output).RootElement.GetProperty("certificates")[0];

        Assert.Contains("0 changes for requests, 1 for certificates", moved.Output, StringComparison.Ordinal);
        Assert.Matches(@"  shop\.example\.com  shop/first \(SHA-256 [0-9a-f]{12}\) -> shop/second \(SHA-256 [0-9a-f]{12}\)", moved.Output);
        Assert.Matches(@"shop/second \(SHA-256 [0-9a-f]{12}\) -> refused", refused.Output);
        Assert.Equal(0, byDefault.ExitCode);
        Assert.Equal("shop.example.com", json.GetProperty("witness").GetString());
        Assert.Equal("shop/second", json.GetProperty("before").GetProperty("secret").GetString());
        Assert.Equal(64, json.GetProperty("before").GetProperty("fingerprint").GetString()!.Length);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("after").ValueKind);
        Assert.All([moved, refused], result => Assert.DoesNotContain("PRIVATE", result.Output + result.Error, StringComparison.Ordinal));
    }

    // What follows "| lost |" names all of it, though the host had four backends.
    [Fact]
    public async Task Diff_Markdown_ToldInOneRowWhenAHostIsLost()
    {
        var old = _folder.Write("old.yaml", ManyPaths("h.example.com", 4));
        var @new = _folder.Write("new.yaml", ManifestText.Shop());

        var result = await Cli.RunAsync("diff", old, @new, "--format", "markdown");

        Assert.Equal(1, result.ExitCode);
        var row = Assert.Single(result.Output.Split('\n'), line => line.StartsWith("| lost |", StringComparison.Ordinal));
        Assert.Contains("`shop/s0:80, shop/s1:80, shop/s2:80 and 1 more` | `404` | `http://h.example.com/p0` |", row, StringComparison.Ordinal);
        Assert.Contains("<details>", result.Output, StringComparison.Ordinal);
    }

    // 65,536 characters are the most that code hosts take.
    [Fact]
    public async Task Diff_Markdown_FitsIntoAComment()
    {
        var old = _folder.Write("old.yaml", string.Join("---\n", Enumerable.Range(0, 300).Select(i => ManyPaths($"{new string('h', 60)}{i}.example.com", 3, i))));
        var @new = _folder.Write("new.yaml", ManifestText.Shop());

        var result = await Cli.RunAsync("diff", old, @new, "--format", "markdown");

        Assert.InRange(result.Output.Length, 10_000, 60_000);
        Assert.Contains("more, which `ingress-gateway diff` lists", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_Dash_ReadsOneSideFromStandardInput()
    {
        var file = _folder.Write("new.yaml", ManifestText.Shop());

        Assert.Equal(0, (await Cli.RunWithInputAsync(ManifestText.Shop(), "diff", "-", file)).ExitCode);
        Assert.Equal(1, (await Cli.RunWithInputAsync(ManifestText.Shop("other.example.com"), "diff", "-", file)).ExitCode);
        Assert.Equal(2, (await Cli.RunWithInputAsync(ManifestText.Shop(), "diff", "-", "-")).ExitCode);
    }

    [Fact]
    public async Task Diff_OneSideUnreadable_ExitsWith2()
    {
        var result = await Cli.RunAsync("diff", _folder.Write("old.yaml", ManifestText.Shop()), Path.Combine(_folder.Path, "missing"));

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("Nothing could be read: ", result.Error, StringComparison.Ordinal);
    }

    // The object is dropped whole (D4), which is a change for requests; the reason has to be in sight.
    [Fact]
    public async Task Diff_ErrorInNewManifests_IsReportedBesideTheChange()
    {
        var (old, @new) = WriteShops("pathType: Exact", "pathType: exact");

        var result = await Cli.RunAsync("diff", old, @new);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("INGR006", result.Error, StringComparison.Ordinal);
        Assert.Contains("lost", result.Output, StringComparison.Ordinal);
    }

    private (string Old, string New) WriteShops(string before, string after)
        => (_folder.Write("old.yaml", ManifestText.Shop()),
            _folder.Write("new.yaml", ManifestText.Shop().Replace(before, after, StringComparison.Ordinal)));

    private static string WithTls(string secret) => ManifestText.Shop() + $"  tls: [ {{ hosts: [ shop.example.com ], secretName: {secret} }} ]\n";

    private static string SecretText(SecretResource secret) => $$"""
        ---
        apiVersion: v1
        kind: Secret
        metadata: { name: {{secret.Name.Name}}, namespace: {{secret.Name.Namespace}} }
        type: kubernetes.io/tls
        data:
          tls.crt: {{Convert.ToBase64String(Encoding.ASCII.GetBytes(secret.CertificatePem!))}}
          tls.key: {{Convert.ToBase64String(Encoding.ASCII.GetBytes(secret.KeyPem!))}}

        """;

    private static string ManyPaths(string host, int count, int number = 0) => $"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {"{"} name: many-{number}, namespace: shop {"}"}
        spec:
          rules:
          - host: {host}
            http:
              paths:
        {string.Join('\n', Enumerable.Range(0, count).Select(i
            => $"      - {{ path: /p{i}, pathType: Prefix, backend: {{ service: {{ name: s{i}, port: {{ number: {80 + number} }} }} }} }}"))}

        """;

    private static void AssertJson(string expected, JsonElement actual)
        => Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, actual), actual.GetRawText());
}
