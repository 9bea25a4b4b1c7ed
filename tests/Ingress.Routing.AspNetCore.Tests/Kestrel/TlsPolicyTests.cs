using System.Net.Security;
using System.Security.Authentication;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>Versions, cipher suites, protocols, HSTS, redirects and headers, host by host.</summary>
public sealed class TlsPolicyTests : IAsyncLifetime
{
    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TlsSite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("modern.test", SslProtocols.Tls12, true)]
    [InlineData("modern.test", SslProtocols.Tls13, false)]
    [InlineData("open.test", SslProtocols.Tls12, false)]
    public async Task Handshake_MinimumVersion_IsThatOfTheHost(string host, SslProtocols version, bool isRefused)
        => Assert.Equal(isRefused, await (_site.Client(host) with { Version = version }).IsRefusedAsync(host));

    [Fact]
    public async Task Request_OverAConnectionOfAnOlderVersion_IsMisdirected()
        => Assert.Equal(421, (await (_site.Client("open.test") with { Version = SslProtocols.Tls12 }).GetAsync("modern.test")).Status);

    [Theory]
    [InlineData("open.test", "h2")]
    [InlineData("modern.test", "http/1.1")]
    public async Task Handshake_ApplicationProtocol_IsOneOfTheHost(string host, string expected)
    {
        await using var stream = await (_site.Client(host) with { Protocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] }).ConnectAsync();

        Assert.Equal(expected, stream.NegotiatedApplicationProtocol.ToString());
    }

    [Fact]
    public async Task Handshake_CipherSuite_IsOneOfTheHost()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // configured for the whole system elsewhere
        }

        await using var stream = await _site.Client("picky.test").ConnectAsync();

        Assert.Equal(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, stream.NegotiatedCipherSuite);
        Assert.True(await (_site.Client("picky.test") with { CipherSuites = [TlsCipherSuite.TLS_AES_128_GCM_SHA256] }).IsRefusedAsync("picky.test"));
    }

    [Fact]
    public async Task Response_StrictTransportSecurity_IsSentOverHttpsAlone()
    {
        Assert.Equal("max-age=60; includeSubDomains", (await _site.Client("strict.test").GetAsync("strict.test")).Headers["Strict-Transport-Security"]);
        Assert.DoesNotContain("Strict-Transport-Security", (await _site.Client("open.test").GetAsync("open.test")).Headers.Keys);
        Assert.DoesNotContain("Strict-Transport-Security", (await RawResponse.GetAsync(_site.HttpPort(), "/", "strict.test")).Headers.Keys);
    }

    [Theory]
    [InlineData("GET", 301)]
    [InlineData("HEAD", 301)]
    [InlineData("POST", 308)]
    [InlineData("PUT", 308)]
    [InlineData("DELETE", 308)]
    [InlineData("OPTIONS", 308)]
    public async Task Request_PlainHttpWithRedirect_KeepsTheMethod_D19(string method, int expected)
    {
        var response = await RawResponse.GetAsync(_site.HttpPort(), "/a//b/../%41?q=%zz", "Strict.test:80", method);

        Assert.Equal(expected, response.Status);
        Assert.Equal("https://Strict.test/a/A?q=%zz", response.Headers["Location"]);
    }

    [Fact]
    public async Task Request_QueryThatNoHeaderCanHold_IsNotRedirected()
        => Assert.Equal(400, (await RawResponse.GetAsync(_site.HttpPort(), "/?\u007F", "strict.test")).Status);

    [Fact]
    public async Task Request_PlainHttpWithoutRedirect_IsServed_D19()
        => Assert.Equal(200, (await RawResponse.GetAsync(_site.HttpPort(), "/", "open.test")).Status);

    [Fact]
    public async Task Option_HttpsPort_IsWhereRedirectsLead()
    {
        await using var site = await TlsSite.StartAsync(options: static options => options.HttpsPort = 8443);

        Assert.Equal("https://strict.test:8443/", (await RawResponse.GetAsync(site.HttpPort(), "/", "strict.test")).Headers["Location"]);
    }

    [Fact]
    public async Task Headers_ClientCertificate_AreWrittenByTheServerAlone()
    {
        using var alice = TlsSite.Authority.Client("O=Ours, CN=alice");
        const string Forged = "X-Client-Cert-Verify: SUCCESS\r\nx-client-cert-subject: CN=root\r\nX_Client_Cert_Issuer: CN=root\r\nX-Client_Cert-Fingerprint: 00\r\n"
            + "Client-Cert: :AAAA:\r\nCLIENT_CERT_CHAIN: :AAAA:\r\nX-Client-Id: kept\r\n";

        var verified = await (_site.Client("admin.test") with { Certificate = alice }).GetAsync("admin.test", headers: Forged);
        var none = await _site.Client("maybe.test").GetAsync("maybe.test", headers: Forged);
        var open = await _site.Client("open.test").GetAsync("open.test", headers: Forged);
        var plain = await RawResponse.SendAsync(_site.HttpPort(), $"GET / HTTP/1.1\r\nHost: open.test\r\n{Forged}Connection: close, X-Client-Cert-Verify\r\n\r\n");

        Assert.Equal(
            [
                $"Client-Cert=:{Convert.ToBase64String(alice.RawData)}:",
                $"X-Client-Cert-Fingerprint={alice.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant()}",
                "X-Client-Cert-Issuer=CN=ours",
                "X-Client-Cert-Subject=O=Ours,CN=alice",
                "X-Client-Cert-Verify=SUCCESS",
                "X-Client-Id=kept",
            ],
            verified.Body.Split('\n')[1..]);
        Assert.Equal(["X-Client-Cert-Verify=NONE", "X-Client-Id=kept"], none.Body.Split('\n')[1..]);
        Assert.Equal(["X-Client-Id=kept"], open.Body.Split('\n')[1..]);
        Assert.Equal(["X-Client-Id=kept"], plain.Body.Split('\n')[1..]);
    }
}
