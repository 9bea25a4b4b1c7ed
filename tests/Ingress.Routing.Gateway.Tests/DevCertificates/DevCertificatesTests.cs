using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Gateway.Tests.DevCertificates;

/// <summary>The gateway with development certificates, and clients that trust nothing but its CA.</summary>
public sealed class DevCertificatesTests : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _data = new();

    private string Certificates => Path.Combine(_data.Path, "ca");

    private string CaPath => Path.Combine(Certificates, "authority", "ca.pem");

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    [Theory]
    [InlineData("shop.example.com", 200)]
    [InlineData("SHOP.example.com", 200)]
    [InlineData("any.wild.example.com", 200)]
    [InlineData("caf\u00E9.example", 200)]
    [InlineData("127.0.0.1", 404)]
    [InlineData("localhost", 404)]
    public async Task Request_RoutedHostOrMachine_IsTrusted(string host, int status)
    {
        WriteHosts("shop.example.com", "*.wild.example.com", "xn--caf-dma.example");
        await using var gateway = await StartAsync();

        Assert.Equal(status, (await GetAsync(gateway, host)).Status);
    }

    [Theory]
    [InlineData("other.example.com")]
    [InlineData("wild.example.com")]
    [InlineData("b.any.wild.example.com")]
    public async Task Request_HostThatIsNotRouted_IsRefused(string host)
    {
        WriteHosts("shop.example.com", "*.wild.example.com");
        await using var gateway = await StartAsync();

        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => GetAsync(gateway, host));
        Assert.Contains("unrecognized name", failure.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Request_DefaultBackend_EveryHostIsTrusted()
    {
        WriteHosts("shop.example.com");
        await using var gateway = await StartAsync("--default-backend", "shop/fallback:80");

        Assert.Equal(200, (await GetAsync(gateway, "other.example.com")).Status);
        Assert.Equal(200, (await GetAsync(gateway, "127.0.0.1")).Status);
    }

    [Fact]
    public async Task Request_CertificateOfTheManifests_GoesFirst()
    {
        WriteHosts("shop.example.com", "own.example.com");
        var secret = TestCertificates.Secret("hosts/cert", "own.example.com");
        _folder.Write("own.yaml", $$"""
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: { name: own, namespace: hosts }
            spec:
              tls: [ { hosts: [ own.example.com, shop.example.com ], secretName: cert } ]
              defaultBackend: { service: { name: web, port: { number: 80 } } }
            ---
            apiVersion: v1
            kind: Secret
            metadata: { name: cert, namespace: hosts }
            type: kubernetes.io/tls
            data:
              tls.crt: {{Convert.ToBase64String(Encoding.ASCII.GetBytes(secret.CertificatePem!))}}
              tls.key: {{Convert.ToBase64String(Encoding.ASCII.GetBytes(secret.KeyPem!))}}
            """);
        await using var gateway = await StartAsync();

        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => GetAsync(gateway, "own.example.com"));

        Assert.DoesNotContain("unrecognized name", failure.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await GetAsync(gateway, "shop.example.com")).Status); // listed, but not covered
    }

    [Fact]
    public async Task Request_NewHost_IsTrustedWithoutARestart()
    {
        WriteHosts("shop.example.com");
        await using var gateway = await StartAsync();

        WriteHosts("shop.example.com", "new.example.com");
        await gateway.Output.ReadToAsync("Changed:");

        Assert.Equal(200, (await GetAsync(gateway, "new.example.com")).Status);
    }

    [Fact]
    public async Task Restart_KeepsTheCa()
    {
        WriteHosts("shop.example.com");
        await using (await StartAsync())
        {
        }

        var ca = await File.ReadAllTextAsync(CaPath);
        await using var gateway = await StartAsync();

        Assert.Equal(ca, await File.ReadAllTextAsync(CaPath));
        Assert.Equal(200, (await GetAsync(gateway, "shop.example.com")).Status);
    }

    [Fact]
    public async Task Start_SaysWhereTheCaIsAndHowToTryIt()
    {
        WriteHosts("shop.example.com");
        await using var gateway = await StartAsync();

        var port = gateway.Https.Port;
        Assert.Contains($"Development certificates are signed by the CA '{CaPath}'. Try", gateway.Start);
        Assert.Contains($"  curl --cacert '{CaPath}' --resolve shop.example.com:{port}:127.0.0.1 https://shop.example.com:{port}/", gateway.Start);
        Assert.Single(gateway.Start, line => line.StartsWith("warning: development certificates", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("*.wild.example.com", "any.wild.example.com")]
    [InlineData("xn--caf-dma.example", "xn--caf-dma.example")]
    public async Task Start_OtherHosts_AreShownAsAClientNamesThem(string host, string expected)
    {
        WriteHosts(host);
        await using var gateway = await StartAsync();

        Assert.Contains(gateway.Start, line => line.EndsWith($" https://{expected}:{gateway.Https.Port}/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NoHosts_ShowsTheAddress()
    {
        await using var gateway = await StartAsync();

        Assert.Contains($"  curl --cacert '{CaPath}' https://127.0.0.1:{gateway.Https.Port}/", gateway.Start);
    }

    [Fact]
    public async Task Start_MissingSecrets_AreAnsweredFor()
    {
        _folder.Write("shop.yaml", ManifestText.Shop() + "  tls: [ { hosts: [ shop.example.com ], secretName: missing }, { secretName: too } ]\n");
        await using var gateway = await StartAsync("--default-certificate", "shop/default", "--admin", "127.0.0.1:0");

        Assert.Contains("info INGR070: 2 TLS entries without a certificate, answered by development certificates", gateway.Start);
        Assert.Contains("info INGR075: no default certificate, answered by development certificates", gateway.Start);
        Assert.Contains("1 Ingress, 0 errors, 0 warnings; 2 routes to 2 Service ports.", gateway.Start);
        var diagnostics = (await RawHttp.GetAsync(gateway.Admin, "x", "/diagnostics")).Json.EnumerateArray()
            .Where(diagnostic => diagnostic.GetProperty("id").GetString() is "INGR070" or "INGR075")
            .ToList();
        Assert.Equal(3, diagnostics.Count);
        Assert.All(diagnostics, diagnostic => Assert.Equal("info", diagnostic.GetProperty("severity").GetString()));
        Assert.All(diagnostics, diagnostic => Assert.EndsWith(
            ". A development certificate answers for hosts that are routed and that no other certificate covers.",
            diagnostic.GetProperty("message").GetString(),
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_DamagedCa_ExitsWith1AndOneLine()
    {
        WriteHosts("shop.example.com");
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(CaPath, "damaged");
        var result = await Cli.RunAsync(
            "run", "--manifests", _folder.Path, "--https", "127.0.0.1:0", "--dev-certificates-folder", Certificates);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(CaPath, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("damaged", await File.ReadAllTextAsync(CaPath));
    }

    [Fact]
    public async Task Key_AppearsNowhere()
    {
        WriteHosts("shop.example.com");
        await using var gateway = await StartAsync("--verbose", "--admin", "127.0.0.1:0");
        await GetAsync(gateway, "shop.example.com");
        await Assert.ThrowsAsync<AuthenticationException>(() => GetAsync(gateway, "other.example.com"));

        var key = (await File.ReadAllLinesAsync(Path.ChangeExtension(CaPath, ".key")))[1];
        foreach (var text in (string[])[gateway.Output.Text, gateway.Error, (await RawHttp.GetAsync(gateway.Admin, "x", "/metrics")).Body])
        {
            Assert.DoesNotContain(key, text, StringComparison.Ordinal);
            Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
        }

        Assert.Equal([Path.GetFileName(CaPath), "ca.key"], Directory.EnumerateFiles(_data.Path, "*", SearchOption.AllDirectories)
            .Select(Path.GetFileName).OrderDescending(StringComparer.Ordinal));
    }

    private Task<RunningGateway> StartAsync(params string[] args) => RunningGateway.StartAsync(
        ["--manifests", _folder.Path, "--https", "127.0.0.1:0", "--echo", "--dev-certificates-folder", Certificates, .. args]);

    private async Task<RawResponse> GetAsync(RunningGateway gateway, string host)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var ca = X509CertificateLoader.LoadCertificateFromFile(CaPath);
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Https, deadline.Token);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { ca },
                    DisableCertificateDownloads = true,
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
            deadline.Token);
        var hostHeader = IPAddress.TryParse(host, out _) ? host : new Uri($"https://{host}/").IdnHost;
        await tls.WriteAsync(Encoding.Latin1.GetBytes($"GET / HTTP/1.1\r\nHost: {hostHeader}\r\nConnection: close\r\n\r\n"), deadline.Token);
        using var reader = new StreamReader(tls, Encoding.Latin1);
        return RawHttp.Parse(await reader.ReadToEndAsync(deadline.Token));
    }

    private void WriteHosts(params string[] hosts) => _folder.Write("hosts.yaml", $$"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: hosts, namespace: hosts }
        spec:
          rules:
        {{string.Join('\n', hosts.Select(host => $"  - {{ host: \"{host}\", http: {{ paths: [ {{ path: /, pathType: Prefix, backend: "
            + "{ service: { name: web, port: { number: 80 } } } } ] } }"))}}
        """);
}
