using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>The main cases of TLS with peers that share no code with us: curl and OpenSSL.</summary>
public sealed class TlsPeerTests : IDisposable
{
    private static readonly TestAuthority s_authority = new("clients");

    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TheoryWithTool("curl")]
    [InlineData("--http1.1")]
    [InlineData("--http2")]
    public async Task Curl_ClientCertificate_ReachesTheBackendAsHeaders(string version)
    {
        await using var gateway = await StartAsync();

        var (exitCode, output, error) = await CurlAsync(
            gateway, "admin.example.test", version, "--cert", WriteClient(), "-H", "X-Client-Cert-Subject: CN=root", "-H", "X_Client_Cert_Verify: SUCCESS");

        Assert.True(exitCode == 0, error);
        Assert.Contains("\"X-Client-Cert-Verify\":\"SUCCESS\"", output, StringComparison.Ordinal);
        Assert.Contains("\"X-Client-Cert-Subject\":\"CN=alice\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("CN=root", output, StringComparison.Ordinal);
        Assert.DoesNotContain("X_Client", output, StringComparison.Ordinal);
    }

    [TheoryWithTool("curl")]
    [InlineData("--http1.1")]
    [InlineData("--http2")]
    public async Task Curl_NoClientCertificate_GetsNoAnswer(string version)
    {
        await using var gateway = await StartAsync();

        var (exitCode, output, _) = await CurlAsync(gateway, "admin.example.test", version);

        Assert.NotEqual(0, exitCode);
        Assert.DoesNotContain("shop/", output, StringComparison.Ordinal);
    }

    [TheoryWithTool("curl")]
    [InlineData("--http1.1", "admin.example.test")]
    [InlineData("--http2", "admin.example.test")]
    [InlineData("--http2", "ADMIN.example.test.")]
    public async Task Curl_HostOfAProtectedSite_IsMisdirected(string version, string host)
    {
        await using var gateway = await StartAsync();

        var (_, output, _) = await CurlAsync(gateway, "open.example.test", version, "-H", $"Host: {host}", "--cert", WriteClient());

        Assert.EndsWith(" 421", output, StringComparison.Ordinal);
        Assert.DoesNotContain("shop/", output, StringComparison.Ordinal);
    }

    [FactWithTool("curl")]
    public async Task Curl_Redirect_LeadsToHttpsAndKeepsTheMethod()
    {
        await using var gateway = await StartAsync();

        var (_, output, _) = await ExternalTool.RunAsync(
            "curl", "-sk", "-L", "--http2", "-d", "x=1", "-w", " %{http_code} %{num_redirects} %{url_effective}",
            "--resolve", $"open.example.test:{gateway.Http.Port}:127.0.0.1", "--connect-to", $"open.example.test:443:127.0.0.1:{gateway.Https.Port}",
            $"http://open.example.test:{gateway.Http.Port}/a?b=c");

        Assert.EndsWith(" 200 1 https://open.example.test/a?b=c", output, StringComparison.Ordinal);
        Assert.Contains("\"method\":\"POST\"", output, StringComparison.Ordinal);
        Assert.Contains("\"bodyBytes\":3", output, StringComparison.Ordinal);
    }

    [FactWithTool("curl")]
    public async Task Curl_PlainHttp_SpeaksBothVersionsAndReachesNoProtectedSite()
    {
        await using var gateway = await StartAsync();

        Assert.EndsWith(" 403", await PlainAsync("admin.example.test", "--http1.1"), StringComparison.Ordinal);
        Assert.EndsWith(" 403", await PlainAsync("admin.example.test", "--http2-prior-knowledge"), StringComparison.Ordinal);
        Assert.EndsWith("2 200", await PlainAsync("plain.example.test", "--http2-prior-knowledge", "-w", "%{http_version} %{http_code}"), StringComparison.Ordinal);

        async Task<string> PlainAsync(string host, params string[] args)
            => (await ExternalTool.RunAsync("curl", ["-s", "-w", " %{http_code}", .. args, "-H", $"Host: {host}", $"http://127.0.0.1:{gateway.Http.Port}/"])).Output;
    }

    [FactWithTool("curl")]
    public async Task Curl_StrictTransportSecurity_IsSent()
    {
        await using var gateway = await StartAsync("--hsts", "max-age=60; includeSubDomains");

        var (_, output, _) = await CurlAsync(gateway, "open.example.test", "--http2", "-D", "-");

        Assert.Contains("strict-transport-security: max-age=60; includeSubDomains", output, StringComparison.OrdinalIgnoreCase);
    }

    [TheoryWithTool("openssl")]
    [InlineData("open.example.test", "DNS:open.example.test")]
    [InlineData("OPEN.example.test", "DNS:open.example.test")]
    [InlineData("admin.example.test", "DNS:admin.example.test")]
    public async Task OpenSsl_ServerName_GetsItsCertificate(string serverName, string expected)
    {
        await using var gateway = await StartAsync();

        var (_, handshake, _) = await OpenSslAsync(gateway, "-servername", serverName);
        var (_, certificate, _) = await ExternalTool.TalkAsync("openssl", handshake, "x509", "-noout", "-ext", "subjectAltName");

        Assert.Contains(expected, certificate, StringComparison.Ordinal);
    }

    [FactWithTool("openssl")]
    public async Task OpenSsl_UnknownName_IsToldSo()
    {
        await using var gateway = await StartAsync();

        var (exitCode, _, error) = await OpenSslAsync(gateway, "-servername", "unknown.example.test");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("unrecognized name", error, StringComparison.OrdinalIgnoreCase);
    }

    [FactWithTool("openssl")]
    public async Task OpenSsl_MinimumVersion_RefusesOlderOnes()
    {
        await using var gateway = await StartAsync("--tls-min-version", "1.3");

        Assert.Contains("protocol version", (await OpenSslAsync(gateway, "-servername", "open.example.test", "-tls1_2")).Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, (await OpenSslAsync(gateway, "-servername", "open.example.test", "-tls1_3")).ExitCode);
    }

    [FactWithTool("openssl")]
    public async Task OpenSsl_ProtectedSite_NamesItsAuthorities()
    {
        await using var gateway = await StartAsync();

        var (_, output, _) = await OpenSslAsync(gateway, "-servername", "admin.example.test", "-tls1_2", "-cert", WriteClient());

        Assert.Contains("Acceptable client certificate CA names", output, StringComparison.Ordinal);
        Assert.Contains("CN = clients", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Http3WithoutQuic_SaysSoAndServes()
    {
        await using var gateway = await StartAsync("--http3");

        var isSupported = (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) && System.Net.Quic.QuicListener.IsSupported;
        Assert.Equal(!isSupported, gateway.Error.Contains("HTTP/3", StringComparison.Ordinal));
    }

    private Task<RunningGateway> StartAsync(params string[] args)
    {
        _folder.Write("sites.yaml", string.Join("---\n", Site("admin", "client-certificates: require", "client-certificate-secret: clients", "client-certificate-headers: 'true'"), Site("open", "https-redirect: 'true'"), Site("plain")));
        _folder.Write("secrets.yaml", string.Join("---\n", Secret("admin"), Secret("open"), Secret("plain"), $"""
            apiVersion: v1
            kind: Secret
            metadata: {"{ name: clients, namespace: shop }"}
            data:
              ca.crt: {Base64(s_authority.Pem)}

            """));
        return RunningGateway.StartAsync(["--manifests", _folder.Path, "--http", "127.0.0.1:0", "--https", "127.0.0.1:0", "--echo", .. args]);
    }

    private static string Site(string name, params string[] annotations) => $$"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: {{name}}
          namespace: shop
          annotations: { {{string.Join(", ", annotations.Select(annotation => $"ingress.routing/{annotation}"))}} }
        spec:
          tls: [ { hosts: [ {{name}}.example.test ], secretName: {{name}} } ]
          rules:
          - host: {{name}}.example.test
            http: { paths: [ { path: /, pathType: Prefix, backend: { service: { name: {{name}}, port: { number: 80 } } } } ] }

        """;

    private static string Secret(string name)
    {
        SecretResource secret = TestCertificates.Secret($"shop/{name}", $"{name}.example.test");
        return $$"""
            apiVersion: v1
            kind: Secret
            metadata: { name: {{name}}, namespace: shop }
            type: kubernetes.io/tls
            data:
              tls.crt: {{Base64(secret.CertificatePem!)}}
              tls.key: {{Base64(secret.KeyPem!)}}

            """;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    // Outside the folder of manifests, which is read as a whole.
    private string WriteClient()
    {
        using var client = s_authority.Client("alice");
        var path = _folder.Path + "-client.pem";
        using var key = client.GetECDsaPrivateKey()!;
        File.WriteAllText(path, client.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return path;
    }

    private static Task<(int ExitCode, string Output, string Error)> CurlAsync(RunningGateway gateway, string host, params string[] args)
        => ExternalTool.RunAsync(
            "curl",
            ["-sSk", "-w", " %{http_code}", .. args, "--resolve", $"{host}:{gateway.Https.Port}:127.0.0.1", $"https://{host}:{gateway.Https.Port}/"]);

    private static Task<(int ExitCode, string Output, string Error)> OpenSslAsync(RunningGateway gateway, params string[] args)
        => ExternalTool.RunAsync("openssl", ["s_client", "-connect", $"127.0.0.1:{gateway.Https.Port}", .. args]);
}
