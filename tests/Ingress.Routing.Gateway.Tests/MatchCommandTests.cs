using System.Text.Json;

namespace Ingress.Routing.Gateway.Tests;

public sealed class MatchCommandTests : IDisposable
{
    private static readonly string[] s_members =
        ["url", "outcome", "ingress", "service", "port", "resource", "pathType", "rulePath", "canonicalPath"];

    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Match_Rule_NamesIngressAndService()
    {
        var answer = await MatchAsync("http://shop.example.com/a/../b?x=1");

        Assert.Equal(s_members, answer.EnumerateObject().Select(member => member.Name));
        AssertMembers(answer, """
            {"url":"http://shop.example.com/a/../b?x=1","outcome":"rule","ingress":"shop/shop","service":"shop/web","port":80,
             "resource":null,"pathType":"Prefix","rulePath":"/","canonicalPath":"/b"}
            """);
    }

    [Fact]
    public async Task Match_NamedPort_IsAString()
    {
        var answer = await MatchAsync("shop.example.com/health");

        AssertMembers(answer, """
            {"url":"shop.example.com/health","outcome":"rule","ingress":"shop/shop","service":"shop/probe","port":"http",
             "resource":null,"pathType":"Exact","rulePath":"/health","canonicalPath":"/health"}
            """);
    }

    [Fact]
    public async Task Match_ConfiguredDefaultBackend_HasNoIngress()
    {
        var answer = await MatchAsync("http://other.example.com/x", "--default-backend", "ops/fallback:8080");

        AssertMembers(answer, """
            {"url":"http://other.example.com/x","outcome":"defaultBackend","ingress":null,"service":"ops/fallback","port":8080,
             "resource":null,"pathType":null,"rulePath":null,"canonicalPath":"/x"}
            """);
    }

    [Fact]
    public async Task Match_UnknownHost_IsNotFound()
    {
        var answer = await MatchAsync("http://other.example.com/x");

        AssertMembers(answer, """
            {"url":"http://other.example.com/x","outcome":"notFound","ingress":null,"service":null,"port":null,
             "resource":null,"pathType":null,"rulePath":null,"canonicalPath":"/x"}
            """);
    }

    [Theory]
    [InlineData("http://shop.example.com/%zz")]
    [InlineData("http://shop.example.com/a#b")]
    [InlineData("http://a..b/")]
    public async Task Match_Malformed_IsBadRequest(string url)
    {
        var answer = await MatchAsync(url);

        Assert.Equal("badRequest", answer.GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("canonicalPath").ValueKind);
    }

    [Fact]
    public async Task Match_SeveralUrls_OneLineEachInOrder()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop());

        var result = await Cli.RunAsync(
            "match", "http://shop.example.com/", "http://none.example.com/", "--manifests", file, "--format", "json");

        var outcomes = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("outcome").GetString());
        Assert.Equal(["rule", "notFound"], outcomes);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Match_UrlBehindManifests_IsAUrl()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop());

        var result = await Cli.RunAsync("match", "--manifests", file, "http://shop.example.com/health");

        Assert.Equal($"http://shop.example.com/health -> shop/probe:http as /health, by Exact /health of Ingress shop/shop ({file}:14){Environment.NewLine}", result.Output);
    }

    [Fact]
    public async Task Match_Unreadable_ExitsWith2()
    {
        var result = await Cli.RunAsync("match", "http://shop.example.com/", "--manifests", Path.Combine(_folder.Path, "missing.yaml"));

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Match_NoUrl_ExitsWith2()
        => Assert.Equal(2, (await Cli.RunAsync("match", "--manifests", _folder.Write("shop.yaml", ManifestText.Shop()))).ExitCode);

    [Fact]
    public async Task Match_ErrorsInManifests_GoToStandardError()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop(host: "UPPER.example.com"));

        var result = await Cli.RunAsync("match", "http://upper.example.com/", "--manifests", file);

        Assert.Contains("INGR004", result.Error, StringComparison.Ordinal);
        Assert.Contains("404", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    private static void AssertMembers(JsonElement actual, string expected)
        => Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, actual), actual.GetRawText());

    private async Task<JsonElement> MatchAsync(string url, params string[] options)
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop());
        var result = await Cli.RunAsync(["match", url, "--manifests", file, "--format", "json", .. options]);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
