using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Gateway.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Handshake_ServesTheCertificateOfTheSecret()
    {
        WriteShop(TestCertificates.Secret("shop/cert", "shop.example.com"));
        await using var gateway = await RunningGateway.StartAsync("--manifests", _folder.Path, "--https", "127.0.0.1:0", "--echo");

        var (names, response) = await GetAsync(gateway, "shop.example.com");

        Assert.Equal(["shop.example.com"], names);
        Assert.Equal("shop/web", response.Json.GetProperty("service").GetString());
        Assert.Equal("https", response.Json.GetProperty("headers").GetProperty("X-Forwarded-Proto").GetString());
    }

    [Fact]
    public async Task Handshake_UnknownName_GetsTheDefaultCertificateOrNone()
    {
        WriteShop(TestCertificates.Secret("shop/cert", "shop.example.com"));
        await using var without = await RunningGateway.StartAsync("--manifests", _folder.Path, "--https", "127.0.0.1:0");
        await using var with = await RunningGateway.StartAsync(
            "--manifests", _folder.Path, "--https", "127.0.0.1:0", "--default-certificate", "shop/cert");

        await Assert.ThrowsAnyAsync<Exception>(() => GetAsync(without, "other.example.com"));
        var (names, response) = await GetAsync(with, "other.example.com");

        Assert.Equal(["shop.example.com"], names);
        Assert.Equal(404, response.Status);
    }

    [Fact]
    public async Task Secrets_AppearNowhere()
    {
        // One Secret that works, one with a broken key, and one whose document is wrong: each message about them could quote too much.
        var good = TestCertificates.Secret("shop/cert", "shop.example.com");
        WriteShop(good);
        _folder.Write("broken.yaml", """
            apiVersion: v1
            kind: Secret
            metadata: { name: broken, namespace: shop }
            type: kubernetes.io/tls
            stringData:
              tls.crt: PLANTED-CERTIFICATE
              tls.key: PLANTED-KEY
            ---
            apiVersion: v1
            kind: Secret
            metadata: { name: wrong, namespace: shop }
            type: kubernetes.io/tls
            data: { tls.crt: "PLANTED-CERTIFICATE*", tls.key: [ PLANTED-KEY ], other: 1 }
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: { name: broken, namespace: shop }
            spec:
              tls:
              - { hosts: [ broken.example.com ], secretName: broken }
              - { hosts: [ wrong.example.com ], secretName: wrong }
              defaultBackend: { service: { name: web, port: { number: 80 } } }
            """);
        await using var gateway = await RunningGateway.StartAsync(
            "--manifests", _folder.Path, "--http", "127.0.0.1:0", "--https", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--verbose");
        await GetAsync(gateway, "shop.example.com");
        await Assert.ThrowsAnyAsync<Exception>(() => GetAsync(gateway, "broken.example.com"));

        var said = new List<string> { gateway.Output.Text, gateway.Error };
        foreach (var path in (string[])["/routes", "/diagnostics", "/metrics"])
        {
            said.Add((await RawHttp.GetAsync(gateway.Admin, "x", path)).Body);
        }

        string[][] commands =
        [
            ["check"], ["check", "--format", "json"], ["check", "--format", "sarif"], ["routes"], ["routes", "--format", "json"],
            ["explain", "https://broken.example.com/", "--manifests"], ["explain", "https://wrong.example.com/", "--format", "json", "--manifests"],
        ];
        foreach (var args in commands)
        {
            var result = await Cli.RunAsync([.. args, _folder.Path]);
            said.Add(result.Output + result.Error);
        }

        Assert.Contains(said, text => text.Contains("INGR071", StringComparison.Ordinal));
        var keyLine = good.KeyPem!.Split('\n')[1];
        foreach (var text in said)
        {
            Assert.DoesNotContain("PLANTED-KEY", text, StringComparison.Ordinal);
            Assert.DoesNotContain(keyLine, text, StringComparison.Ordinal);
            Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
        }
    }

    private static async Task<(string[] Names, RawResponse Response)> GetAsync(RunningGateway gateway, string host)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Https, deadline.Token);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                EnabledSslProtocols = SslProtocols.None,
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null, // self-signed; its names are tested
            },
            deadline.Token);
        using var certificate = new X509Certificate2(tls.RemoteCertificate!);
        string[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames()];

        await tls.WriteAsync(Encoding.Latin1.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), deadline.Token);
        using var reader = new StreamReader(tls, Encoding.Latin1);
        return (names, RawHttp.Parse(await reader.ReadToEndAsync(deadline.Token)));
    }

    private void WriteShop(SecretResource secret)
    {
        _folder.Write("shop.yaml", ManifestText.Shop() + "  tls: [ { hosts: [ shop.example.com ], secretName: cert } ]\n");
        _folder.Write("secret.yaml", $$"""
            apiVersion: v1
            kind: Secret
            metadata: { name: cert, namespace: shop }
            type: kubernetes.io/tls
            data:
              tls.crt: {{Convert.ToBase64String(Encoding.ASCII.GetBytes(secret.CertificatePem!))}}
              tls.key: {{Convert.ToBase64String(Encoding.ASCII.GetBytes(secret.KeyPem!))}}
            """);
    }
}
