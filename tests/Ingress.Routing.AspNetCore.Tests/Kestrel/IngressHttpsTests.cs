using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

public sealed class IngressHttpsTests
{
    private static readonly SecretResource s_exact = TestCertificates.Secret("shop/exact", "a.test");
    private static readonly SecretResource s_wild = TestCertificates.Secret("shop/wild", "*.test");
    private static readonly SecretResource s_cafe = TestCertificates.Secret("shop/cafe", "xn--caf-dma.example");
    private static readonly SecretResource s_default = TestCertificates.Secret("infra/default", "default.invalid");

    private static readonly ClusterSnapshot s_shop = new()
    {
        Ingresses =
        [
            Some.Ingress("shop/web", [Some.Rule(null, Some.Prefix("/"))], tls:
            [
                new() { Hosts = ["a.test"], SecretName = "exact" },
                new() { Hosts = ["*.test"], SecretName = "wild" },
                new() { Hosts = ["xn--caf-dma.example"], SecretName = "cafe" },
            ]),
        ],
        Secrets = [s_exact, s_wild, s_cafe, s_default],
    };

    [Theory]
    [InlineData("a.test", "a.test")]
    [InlineData("A.TEST", "a.test")]
    [InlineData("b.test", "*.test")]
    [InlineData("B.Test", "*.test")]
    [InlineData("caf\u00E9.example", "xn--caf-dma.example")]
    [InlineData("xn--caf-dma.example", "xn--caf-dma.example")]
    [InlineData("x.b.test", "default.invalid")]
    [InlineData("unknown.example", "default.invalid")]
    [InlineData("", "default.invalid")]
    public async Task Handshake_ServerName_GetsTheCertificateOfTheIngress_Trap22(string serverName, string expected)
    {
        await using var site = await StartAsync(s_shop, "infra/default");

        Assert.Equal(expected, (await HandshakeAsync(site.Port, serverName)).Name);
    }

    [Theory]
    [InlineData("a.test.", "a.test")]
    [InlineData("A.test.", "a.test")]
    public async Task Handshake_TrailingDotInARawClientHello_GetsTheSameCertificate_Trap21(string serverName, string expected)
    {
        await using var site = await StartAsync(s_shop, defaultCertificate: null);
        var response = await RawClientHello.SendAsync(site.Port, serverName);

        // A TLS 1.2 server sends its certificate in the clear; the name stands in it as text.
        Assert.Contains(expected, Encoding.Latin1.GetString(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown.example")]
    [InlineData("x.b.test")]
    [InlineData("")]
    public async Task Handshake_NoCertificateApplies_IsRefusedWithAnAlert(string serverName)
    {
        var log = new TestLog();
        await using var site = await StartAsync(s_shop, defaultCertificate: null, log);

        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => HandshakeAsync(site.Port, serverName));

        Assert.Contains("unrecognized name", failure.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("a.test", (await HandshakeAsync(site.Port, "a.test")).Name);
        Assert.Empty(log.EntriesAboveDebug("Microsoft.AspNetCore.Server.Kestrel"));
    }

    [Theory]
    [InlineData(HttpProtocols.Http1AndHttp2, "h2")]
    [InlineData(HttpProtocols.Http1, "http/1.1")]
    [InlineData(HttpProtocols.Http2, "h2")]
    public async Task Handshake_ApplicationProtocol_IsOneThatTheAddressSpeaks(HttpProtocols protocols, string expected)
    {
        await using var site = await StartAsync(s_shop, "infra/default", protocols: protocols);

        Assert.Equal(expected, (await HandshakeAsync(site.Port, "a.test", SslApplicationProtocol.Http2, SslApplicationProtocol.Http11)).Protocol);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Handshake_EachTlsVersion_Works(SslProtocols version)
    {
        await using var site = await StartAsync(s_shop, "infra/default");

        Assert.Equal("a.test", (await HandshakeAsync(site.Port, "a.test", version)).Name);
    }

    [Fact]
    public async Task Handshake_AfterASwap_GetsTheNewCertificateAndOpenConnectionsGoOn()
    {
        await using var site = await StartAsync(s_shop, "infra/default");
        using var open = await OpenAsync(site.Port, "a.test");
        var before = await HandshakeAsync(site.Port, "a.test");

        site.Router.Publish(IngressRouteTable.Compile(s_shop with
        {
            Secrets = [NewSecret("shop/exact", "a.test"), s_wild, s_cafe, s_default],
        }));
        var after = await HandshakeAsync(site.Port, "a.test");

        Assert.NotEqual(before.Serial, after.Serial);
        Assert.Equal("a.test", after.Name);
        await open.WriteAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.Equal(200, (await RawResponse.ReadAsync(open, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Handshake_TableIsGone_IsRefused()
    {
        await using var site = await StartAsync(s_shop, defaultCertificate: null);
        Assert.Equal("a.test", (await HandshakeAsync(site.Port, "a.test")).Name);

        site.Router.Publish(IngressRouteTable.Empty);

        await Assert.ThrowsAsync<AuthenticationException>(() => HandshakeAsync(site.Port, "a.test"));
    }

    [Fact]
    public async Task Handshake_CertificateWithIntermediates_SendsThem()
    {
        var (secret, intermediate) = SecretWithIntermediate("shop/exact", "a.test");
        await using var site = await StartAsync(s_shop with { Secrets = [secret] }, defaultCertificate: null);

        Assert.Contains(intermediate, (await HandshakeAsync(site.Port, "a.test")).Chain);
    }

    [Fact]
    public async Task Handshake_ManyAtOnce_AllSucceed()
    {
        await using var site = await StartAsync(s_shop, "infra/default");

        var handshakes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => HandshakeAsync(site.Port, i % 2 == 0 ? "a.test" : "b.test")));

        Assert.Equal(["*.test", "a.test"], handshakes.Select(handshake => handshake.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Request_OverHttps_IsRoutedByHostAndNotByServerName()
    {
        var snapshot = s_shop with
        {
            Ingresses = [.. s_shop.Ingresses, Some.Ingress("shop/other", [Some.Rule("b.test", Some.Prefix("/"))])],
        };
        await using var site = await StartAsync(snapshot, "infra/default");
        using var stream = await OpenAsync(site.Port, "a.test");

        await stream.WriteAsync("GET /x HTTP/1.1\r\nHost: b.test\r\nConnection: close\r\n\r\n"u8.ToArray());

        Assert.Equal("shop/other/0/0 /x", (await RawResponse.ReadAsync(stream, CancellationToken.None)).Body);
    }

    [Fact]
    public async Task UseIngressHttps_Http3WithoutQuic_IsSaidAndTheRestIsServed()
    {
        var log = new TestLog();
        await using var site = await StartAsync(s_shop, "infra/default", log, HttpProtocols.Http1AndHttp2AndHttp3);

        var isSupported = (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) && System.Net.Quic.QuicListener.IsSupported;
        Assert.Equal(isSupported, !log.EntriesAboveDebug("Ingress.Routing").Any(entry => entry.Contains("HTTP/3", StringComparison.Ordinal)));
        Assert.Equal("h2", (await HandshakeAsync(site.Port, "a.test", SslApplicationProtocol.Http2)).Protocol);
    }

    [Fact]
    public async Task UseIngressHttps_ServicesMissing_NamesTheMethodToCall()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseIngressHttps()));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var app = builder.Build();
            await app.StartAsync();
        });

        Assert.Contains("AddIngressRouting", failure.Message, StringComparison.Ordinal);
    }

    private static Task<TestSite> StartAsync(
        ClusterSnapshot snapshot, string? defaultCertificate, TestLog? log = null, HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
        => TestSite.StartAsync(
            snapshot,
            Serving.Echo,
            builder =>
            {
                log?.AddTo(builder.Logging);
                builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
                {
                    listen.Protocols = protocols;
                    listen.UseIngressHttps();
                }));
            },
            options: options => options.DefaultCertificate = defaultCertificate);

    private static Task<Handshake> HandshakeAsync(int port, string serverName, params SslApplicationProtocol[] protocols)
        => HandshakeAsync(port, serverName, SslProtocols.None, protocols);

    private static async Task<Handshake> HandshakeAsync(int port, string serverName, SslProtocols version, params SslApplicationProtocol[] protocols)
    {
        List<string> chain = [];
        using var stream = await OpenAsync(port, serverName, version, protocols, chain);
        using var certificate = new X509Certificate2(stream.RemoteCertificate!);
        return new(
            certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames().Single(),
            certificate.SerialNumber,
            stream.NegotiatedApplicationProtocol.ToString(),
            chain);
    }

    private static async Task<SslStream> OpenAsync(
        int port, string serverName, SslProtocols version = SslProtocols.None, SslApplicationProtocol[]? protocols = null, List<string>? chain = null)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = serverName,
                EnabledSslProtocols = version,
                ApplicationProtocols = [.. protocols ?? []],
                RemoteCertificateValidationCallback = (_, _, received, _) =>
                {
                    chain?.AddRange(received!.ChainPolicy.ExtraStore.Select(certificate => certificate.Subject));
                    return true;
                },
            },
            timeout.Token);
        return stream;
    }

    // TestCertificates makes one certificate for each set of names, and this must be another.
    private static SecretResource NewSecret(string name, string dnsName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request("CN=new", key, dnsName).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new() { Metadata = Some.Metadata(name), CertificatePem = certificate.ExportCertificatePem(), KeyPem = key.ExportPkcs8PrivateKeyPem() };
    }

    private static (SecretResource Secret, string Intermediate) SecretWithIntermediate(string name, string dnsName)
    {
        const string IssuerName = "CN=Intermediate of a test";
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = AuthorityRequest("CN=Root of a test", rootKey).CreateSelfSigned(now.AddDays(-3), now.AddDays(3));
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issuerWithoutKey = AuthorityRequest(IssuerName, issuerKey).Create(root, now.AddDays(-2), now.AddDays(2), [1]);
        using var issuer = issuerWithoutKey.CopyWithPrivateKey(issuerKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request("CN=leaf", key, dnsName).Create(issuer, now.AddDays(-1), now.AddDays(1), [2]);
        return (
            new()
            {
                Metadata = Some.Metadata(name),
                CertificatePem = certificate.ExportCertificatePem() + "\n" + issuer.ExportCertificatePem(),
                KeyPem = key.ExportPkcs8PrivateKeyPem(),
            },
            IssuerName);
    }

    private static CertificateRequest AuthorityRequest(string subject, ECDsa key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static CertificateRequest Request(string subject, ECDsa key, string dnsName)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private sealed record Handshake(string Name, string Serial, string Protocol, IReadOnlyList<string> Chain);
}
