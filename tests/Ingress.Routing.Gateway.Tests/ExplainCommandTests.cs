using System.Text.Json;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.Tests;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Explain_Rule_BeginsWithTheAnswer()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop() + ManifestText.Service("shop", "web", 80, "10.0.0.1", 8080));

        var result = await Cli.RunAsync("explain", "http://shop.example.com:8080/a/../b?x=1", "--manifests", file);

        Assert.StartsWith(
            $"""
            Goes to Service shop/web, port 80
              by   Prefix / of shop.example.com, in Ingress shop/shop
              at   {file}:11:9
              as   /b?x=1

            Why
              Host     shop.example.com:8080
                    -> shop.example.com  The port is ignored.

            """,
            result.Output,
            StringComparison.Ordinal);
        Assert.Contains("10.0.0.1 port 8080   ready", result.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Explain_Malformed_PointsAtThePlace()
    {
        var result = await ExplainAsync("http://shop.example.com/a%zz");

        Assert.Equal(
            """
            400 Bad Request: the request is malformed.
              A '%' must be followed by two hexadecimal digits.
              /a%zz
                ^

            """,
            result.Output);
    }

    [Fact]
    public async Task Explain_InvalidIngress_IsNamedAmongTheLosers()
    {
        var file = _folder.Write("shop.yaml", ManifestText.Shop(host: "SHOP.example.com"));

        var result = await Cli.RunAsync("explain", "http://shop.example.com/", "--manifests", file);

        Assert.StartsWith("404 Not Found", result.Output, StringComparison.Ordinal);
        Assert.Contains("Left out, INGR004: The host 'SHOP.example.com' is malformed.", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 error; 'ingress-gateway check'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://shop.example.com/", null, null)]
    [InlineData("https://shop.example.com:8443/", null, "shop.example.com")]
    [InlineData("https://shop.example.com/", "other.example.com", "other.example.com")]
    [InlineData("http://shop.example.com/", "shop.example.com", "shop.example.com")]
    [InlineData("https://192.0.2.1/", null, "")]
    [InlineData("https://[2001:db8::1]:8443/", null, "")]
    public void ExplainedRequest_ServerName_IsWhatAClientSends(string url, string? sni, string? expected)
        => Assert.Equal(expected, ExplainedRequest.Of(url, host: null, sni).ServerName);

    [Fact]
    public async Task Explain_HostOption_GoesBeforeTheHostOfTheUrl()
    {
        var answer = await ExplainJsonAsync("https://192.0.2.1/health", "--host", "shop.example.com");

        Assert.Equal("shop.example.com", answer.GetProperty("canonicalHost").GetString());
        Assert.Equal("/health", answer.GetProperty("route").GetProperty("path").GetString());
        Assert.Equal("refused", answer.GetProperty("certificate").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Explain_Json_HasEveryReasonAsData()
    {
        var answer = await ExplainJsonAsync("https://shop.example.com/health/");

        Assert.Equal(
            [
                "url", "host", "target", "outcome", "statusCode", "message", "route", "forwardedTarget", "location", "policies",
                "canonicalHost", "canonicalPath", "query", "problem", "hostSteps", "targetSteps", "hosts", "paths", "defaults", "backend", "tls", "certificate",
            ],
            answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("rule", 503), (answer.GetProperty("outcome").GetString(), answer.GetProperty("statusCode").GetInt32()));
        Assert.Equal(["chosen", "noRules", "noRules"], Outcomes("hosts"));
        Assert.Equal(["pathDiffers", "wins"], Outcomes("paths"));
        var mismatch = answer.GetProperty("paths")[0].GetProperty("mismatch");
        Assert.Equal((2, ""), (mismatch.GetProperty("element").GetInt32(), mismatch.GetProperty("actual").GetString()));
        Assert.Equal(14, answer.GetProperty("paths")[0].GetProperty("location").GetProperty("line").GetInt32());
        Assert.Equal("http", answer.GetProperty("paths")[0].GetProperty("port").GetString());
        Assert.Equal("serviceNotFound", answer.GetProperty("backend").GetProperty("status").GetString());

        IEnumerable<string?> Outcomes(string member)
            => answer.GetProperty(member).EnumerateArray().Select(item => item.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Explain_ManyLosers_AreCutUnlessAllAreAskedFor()
    {
        var paths = string.Concat(Enumerable.Range(0, 40).Select(i => $"""
                  - path: /p{i}
                    pathType: Prefix
                    backend: {"{ service: { name: web, port: { number: 80 } } }"}

            """));
        var file = _folder.Write("shop.yaml", ManifestText.Shop() + paths);

        var few = await Cli.RunAsync("explain", "http://shop.example.com/", "--manifests", file);
        var all = await Cli.RunAsync("explain", "http://shop.example.com/", "--all", "--manifests", file);

        Assert.Contains("and 29 more; --all shows them", few.Output, StringComparison.Ordinal);
        Assert.Equal(40, all.Output.Split('\n').Count(line => line.StartsWith("  Prefix ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Explain_ControlCharacters_CannotForgeALine()
    {
        var forged = ManifestText.Shop().Replace("path: /health", "path: \"/\\nGoes to \\e[31m\"", StringComparison.Ordinal);
        var file = _folder.Write("shop.yaml", forged);

        var result = await Cli.RunAsync("explain", "http://shop.example.com/\e[2J", "--manifests", file);
        var other = await Cli.RunAsync("explain", "http://shop.example.com/x", "--manifests", file);

        Assert.DoesNotContain('\e', result.Output + other.Output);
        Assert.Single(other.Output.Split('\n'), line => line.StartsWith("Goes to", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData]
    [InlineData("http://a.example.com/", "http://b.example.com/")]
    public async Task Explain_NotOneUrl_ExitsWith2(params string[] urls)
        => Assert.Equal(2, (await Cli.RunAsync(["explain", .. urls, "--manifests", _folder.Write("shop.yaml", ManifestText.Shop())])).ExitCode);

    [Fact]
    public void TerminalStyle_OnlyATerminal_IsColoured()
    {
        Assert.Equal("text", TerminalStyle.For(new StringWriter()).Bad("text"));
        Assert.Equal("text", TerminalStyle.Plain.Good("text"));
        Assert.Equal("\e[1;31mtext\e[0m", new TerminalStyle(isColoured: true).Bad("text"));
    }

    private Task<CliResult> ExplainAsync(string url, params string[] options)
        => Cli.RunAsync(["explain", url, "--manifests", _folder.Write("shop.yaml", ManifestText.Shop()), .. options]);

    private async Task<JsonElement> ExplainJsonAsync(string url, params string[] options)
    {
        var result = await ExplainAsync(url, [.. options, "--format", "json"]);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
