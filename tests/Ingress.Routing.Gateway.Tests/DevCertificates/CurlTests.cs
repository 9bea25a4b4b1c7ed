using System.Text.Json;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Gateway.Tests.DevCertificates;

/// <summary>The executable as somebody starts it, and curl as somebody else's judgement of its certificates.</summary>
public sealed class CurlTests : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _home = new();

    public CurlTests()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _folder.Write("wild.yaml", ManifestText.Shop(host: "\"*.example.com\"").Replace("name: shop", "name: wild", StringComparison.Ordinal));
    }

    // Where a user of Linux has it who says nothing else.
    private string CaPath => Path.Combine(_home.Path, ".local/share/ingress-gateway/dev-certificates/authority/ca.pem");

    public void Dispose()
    {
        _folder.Dispose();
        _home.Dispose();
    }

    [TheoryWithTool("curl")]
    [InlineData("--http1.1", "1.1")]
    [InlineData("--http2", "2")]
    public async Task Curl_ThatTrustsTheCa_GetsAnAnswer(string option, string version)
    {
        using var gateway = await StartAsync();

        foreach (var host in (string[])["shop.example.com", "any.example.com"])
        {
            var (exitCode, output, error) = await CurlAsync(gateway, host, "--cacert", FindCa(gateway), option, "-w", "\n%{http_version}");

            Assert.True(exitCode == 0, error);
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("shop/web", JsonDocument.Parse(string.Concat(lines[..^1])).RootElement.GetProperty("service").GetString());
            Assert.Equal(version, lines[^1]);
        }
    }

    [FactWithTool("curl")]
    public async Task Curl_Address_GetsAnAnswerWithoutAServerName()
    {
        using var gateway = await StartAsync("--default-backend", "shop/fallback:80");

        var (exitCode, output, error) = await ExternalTool.RunAsync(
            "curl", "-sS", "--cacert", FindCa(gateway), $"https://127.0.0.1:{gateway.Https.Port}/");

        Assert.True(exitCode == 0, error);
        Assert.Contains("shop/fallback", output, StringComparison.Ordinal);
    }

    [FactWithTool("curl")]
    public async Task Curl_AsTheStartSays_GetsAnAnswer()
    {
        using var gateway = await StartAsync();
        var line = Assert.Single(gateway.Start, line => line.StartsWith("  curl ", StringComparison.Ordinal));

        var (exitCode, output, error) = await ExternalTool.RunAsync("sh", "-c", line);

        Assert.True(exitCode == 0, error);
        Assert.Contains("\"service\"", output, StringComparison.Ordinal);
    }

    [FactWithTool("curl")]
    public async Task Curl_ThatDoesNotTrustTheCaOrAsksForAnotherHost_Refuses()
    {
        const int CertificateProblem = 60;
        const int HandshakeFailed = 35;
        using var gateway = await StartAsync();

        Assert.Equal(CertificateProblem, (await CurlAsync(gateway, "shop.example.com")).ExitCode);
        Assert.Equal(HandshakeFailed, (await CurlAsync(gateway, "other.test", "--cacert", FindCa(gateway))).ExitCode);
    }

    [FactWithTool("curl")]
    public async Task Start_TwoAtOnce_ShareOneCa()
    {
        var gateways = await Task.WhenAll(StartAsync(), StartAsync());
        try
        {
            foreach (var gateway in gateways)
            {
                var (exitCode, _, error) = await CurlAsync(gateway, "shop.example.com", "--cacert", FindCa(gateway));
                Assert.True(exitCode == 0, error);
            }

            Assert.Equal(FindCa(gateways[0]), FindCa(gateways[1]));
        }
        finally
        {
            Array.ForEach(gateways, gateway => gateway.Dispose());
        }
    }

    private static Task<(int ExitCode, string Output, string Error)> CurlAsync(GatewayProcess gateway, string host, params string[] args)
        => ExternalTool.RunAsync(
            "curl", ["-sS", "--resolve", $"{host}:{gateway.Https.Port}:127.0.0.1", .. args, $"https://{host}:{gateway.Https.Port}/"]);

    private string FindCa(GatewayProcess gateway)
    {
        const string Beginning = "Development certificates are signed by the CA '";
        var line = Assert.Single(gateway.Start, line => line.StartsWith(Beginning, StringComparison.Ordinal));
        var path = line[Beginning.Length..line.LastIndexOf('\'')];
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(CaPath, path);
        }

        return path;
    }

    private Task<GatewayProcess> StartAsync(params string[] args) => GatewayProcess.StartAsync(
        _home.Path, ["--manifests", _folder.Path, "--https", "127.0.0.1:0", "--dev-certificates", "--echo", .. args]);
}
