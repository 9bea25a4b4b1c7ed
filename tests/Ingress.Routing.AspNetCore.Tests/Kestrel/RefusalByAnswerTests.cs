using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>Clients that are refused by the answers to their requests, and not in the handshake.</summary>
public sealed class RefusalByAnswerTests : IAsyncLifetime
{
    private const string Forged = "ssl-client-verify: SUCCESS\r\nSSL_Client_Cert: forged\r\nSsl-Client-Subject-Dn: CN=root\r\nX-Client-Cert-Verify: SUCCESS\r\n";

    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TlsSite.StartAsync(
        TlsSite.Snapshot with
        {
            Ingresses =
            [
                .. from host in new[] { "on", "optional", "any", "alice", "page", "broken" } select TlsSite.Ingress(host, $"{host}.test"),
                TlsSite.Ingress("open", "open.test"),
            ],
        },
        options =>
        {
            options.HostTls["on.test"] = Settings(new() { Mode = ClientCertificateMode.Require, HeaderStyle = ClientCertificateHeaderStyle.SslClientWithCertificate });
            options.HostTls["optional.test"] = Settings(new() { Mode = ClientCertificateMode.Optional });
            options.HostTls["any.test"] = Settings(new() { Mode = ClientCertificateMode.Report });
            options.HostTls["alice.test"] = Settings(new() { Mode = ClientCertificateMode.Require, SubjectPattern = "CN=ali.e" });
            options.HostTls["page.test"] = Settings(new() { Mode = ClientCertificateMode.Require, ErrorPage = "https://errors.test/none" });
            options.HostTls["broken.test"] = Settings(new() { Mode = ClientCertificateMode.Optional }, "gone");
        });

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("on.test", null, 400)]
    [InlineData("on.test", "alice", 200)]
    [InlineData("on.test", "mallory", 400)]
    [InlineData("optional.test", null, 200)]
    [InlineData("optional.test", "alice", 200)]
    [InlineData("optional.test", "mallory", 400)]
    [InlineData("any.test", null, 200)]
    [InlineData("any.test", "mallory", 200)]
    [InlineData("alice.test", "alice", 200)]
    [InlineData("alice.test", "bob", 403)]
    [InlineData("alice.test", null, 400)]
    [InlineData("page.test", null, 302)]
    [InlineData("page.test", "alice", 200)]
    [InlineData("broken.test", null, 403)]
    [InlineData("broken.test", "alice", 403)]
    public async Task Request_IsAnsweredByWhatBecameOfTheCertificate(string host, string? client, int status)
    {
        using var certificate = CertificateOf(client);

        var response = await (_site.Client(host) with { Certificate = certificate }).GetAsync(host);

        Assert.Equal(status, response.Status);
        Assert.Equal(status == 302 ? "https://errors.test/none" : null, response.Headers.GetValueOrDefault("Location"));
    }

    [Theory]
    [InlineData("on.test", 403)]
    [InlineData("alice.test", 403)]
    [InlineData("optional.test", 200)]
    [InlineData("broken.test", 403)]
    public async Task PlainHttp_OpensNothing(string host, int status)
        => Assert.Equal(status, (await RawResponse.GetAsync(_site.HttpPort(), "/", host)).Status);

    // D18: what a connection was asked for at one host opens no other one.
    [Theory]
    [InlineData("open.test", "on.test")]
    [InlineData("any.test", "on.test")]
    [InlineData("optional.test", "on.test")]
    [InlineData("on.test", "alice.test")]
    public async Task Request_OverTheConnectionOfAnotherHost_IsMisdirected(string serverName, string host)
    {
        using var alice = TlsSite.Authority.Client("alice");

        Assert.Equal(421, (await (_site.Client(serverName) with { Certificate = alice }).GetAsync(host)).Status);
    }

    [Fact]
    public async Task Backend_IsToldInTheHeadersOfTheStyle_AndBelievesNoClient()
    {
        using var alice = TlsSite.Authority.Client("O=Ours, CN=alice");

        var verified = await (_site.Client("on.test") with { Certificate = alice }).GetAsync("on.test", headers: Forged);
        var none = await _site.Client("optional.test").GetAsync("optional.test", headers: Forged);
        var open = await _site.Client("open.test").GetAsync("open.test", headers: Forged);

        var pem = Uri.EscapeDataString(PemEncoding.WriteString("CERTIFICATE", alice.RawData) + "\n");
        Assert.Equal(
            [$"ssl-client-cert={pem}", "ssl-client-issuer-dn=CN=ours", "ssl-client-subject-dn=O=Ours,CN=alice", "ssl-client-verify=SUCCESS"],
            HeadersIn(verified));
        Assert.Equal(["ssl-client-verify=NONE"], HeadersIn(none));
        Assert.Equal([""], HeadersIn(open));
    }

    private static string[] HeadersIn(RawResponse response) => response.Body.Split('\n')[1..];

    private static TlsSettings Settings(ClientCertificateSettings settings, string secret = "ca") => new()
    {
        ForwardClientCertificate = true,
        ClientCertificates = settings with
        {
            AuthoritiesSecret = new("shop", secret),
            RefusesByAnswer = true,
            HeaderStyle = settings.HeaderStyle == ClientCertificateHeaderStyle.ClientCert ? ClientCertificateHeaderStyle.SslClient : settings.HeaderStyle,
        },
    };

    private static X509Certificate2? CertificateOf(string? client) => client switch
    {
        null => null,
        "mallory" => TlsSite.Stranger.Client("alice"),
        _ => TlsSite.Authority.Client(client),
    };
}
