using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.HttpOverrides;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>Client certificates on real sockets, and every known way around them (semantics 12.4).</summary>
public sealed class MutualTlsTests : IAsyncLifetime
{
    private TestSite _site = null!;

    public async Task InitializeAsync() => _site = await TlsSite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("admin.test", "admin")]
    [InlineData("ADMIN.test", "admin")]
    [InlineData("a.wild.test", "wild")]
    [InlineData("caf\u00E9.test", "cafe")]
    [InlineData("xn--caf-dma.test", "cafe")]
    public async Task Require_VerifiedCertificate_IsServedAndKnown(string host, string service)
    {
        using var alice = TlsSite.Authority.Client("alice");

        var response = await (_site.Client(host) with { Certificate = alice }).GetAsync(host.Replace("caf\u00E9", "xn--caf-dma", StringComparison.Ordinal));

        Assert.Equal(200, response.Status);
        Assert.StartsWith($"{service} Verified CN=alice [CN=alice]", response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin.test", SslProtocols.Tls12)]
    [InlineData("admin.test", SslProtocols.Tls13)]
    [InlineData("ADMIN.TEST", SslProtocols.Tls13)]
    [InlineData("b.wild.test", SslProtocols.Tls12)]
    [InlineData("xn--caf-dma.test", SslProtocols.Tls13)]
    public async Task Require_NoCertificate_IsRefused(string host, SslProtocols version)
        => Assert.True(await (_site.Client(host) with { Version = version }).IsRefusedAsync(host));

    [Fact]
    public async Task Require_CertificateOfAStranger_IsRefused()
    {
        using var mallory = TlsSite.Stranger.Client("alice");

        Assert.True(await (_site.Client("admin.test") with { Certificate = mallory }).IsRefusedAsync("admin.test"));
        Assert.False(await (_site.Client("other.test") with { Certificate = mallory }).IsRefusedAsync("other.test"));
    }

    [Fact]
    public async Task Require_Expired_IsRefused()
    {
        using var old = TlsSite.Authority.Client("alice", -3, -1);

        Assert.True(await (_site.Client("admin.test") with { Certificate = old }).IsRefusedAsync("admin.test"));
    }

    [Fact]
    public async Task Optional_WithoutWithAndWithBadCertificate()
    {
        using var alice = TlsSite.Authority.Client("alice");
        using var mallory = TlsSite.Stranger.Client("alice");
        var client = _site.Client("maybe.test");

        Assert.StartsWith("maybe None", (await client.GetAsync("maybe.test")).Body, StringComparison.Ordinal);
        Assert.StartsWith("maybe Verified CN=alice", (await (client with { Certificate = alice }).GetAsync("maybe.test")).Body, StringComparison.Ordinal);
        Assert.True(await (client with { Certificate = mallory }).IsRefusedAsync("maybe.test"));
    }

    [Fact]
    public async Task Report_BadCertificate_IsServedAndReported()
    {
        using var mallory = TlsSite.Stranger.Client("alice");

        var response = await (_site.Client("report.test") with { Certificate = mallory }).GetAsync("report.test");

        Assert.StartsWith("report Failed", response.Body, StringComparison.Ordinal);
        Assert.Contains("X-Client-Cert-Verify=FAILED:", response.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\nClient-Cert=", response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open.test", "admin.test")]
    [InlineData("open.test", "ADMIN.TEST")]
    [InlineData("open.test", "admin.test.")]
    [InlineData("open.test", "admin.test:443")]
    [InlineData("open.test", "Admin.Test.:8443")]
    [InlineData("open.test", "a.wild.test")]
    [InlineData("open.test", "xn--caf-dma.test")]
    [InlineData("open.test", "XN--CAF-DMA.test")]
    [InlineData("hole.wild.test", "a.wild.test")]
    [InlineData("", "admin.test")]
    [InlineData("unknown.example", "admin.test")]
    [InlineData("maybe.test", "admin.test")]
    [InlineData("report.test", "admin.test")]
    public async Task Request_ServerNameOfAnOpenHost_NeverReachesAProtectedOne_Trap21(string serverName, string host)
    {
        using var alice = TlsSite.Authority.Client("alice");

        Assert.Equal(421, (await _site.Client(serverName).GetAsync(host)).Status);
        Assert.Equal(421, (await (_site.Client(serverName) with { Certificate = alice }).GetAsync(host)).Status);
    }

    [Fact]
    public async Task Request_CertificateForOtherAuthorities_DoesNotCount()
    {
        using var alice = TlsSite.Authority.Client("alice");

        Assert.Equal(421, (await (_site.Client("admin.test") with { Certificate = alice }).GetAsync("other.test")).Status);
    }

    [Fact]
    public async Task Request_SamePolicyOverOneConnection_IsServed()
    {
        using var alice = TlsSite.Authority.Client("alice");

        Assert.Equal(200, (await (_site.Client("admin.test") with { Certificate = alice }).GetAsync("c.wild.test")).Status);
        Assert.Equal(200, (await _site.Client("open.test").GetAsync("hole.wild.test")).Status);
    }

    [Theory]
    [InlineData("GET https://admin.test/ HTTP/1.0\r\n\r\n")]
    [InlineData("GET http://admin.test/ HTTP/1.0\r\n\r\n")]
    [InlineData("GET https://admin.test/ HTTP/1.1\r\nHost: admin.test\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\nHost: admin.test\r\n\r\n")]
    [InlineData("GET /no-such-path/../ HTTP/1.1\r\nHost: admin.test\r\nConnection: close\r\n\r\n")]
    [InlineData("OPTIONS / HTTP/1.1\r\nHost: admin.test\r\nX-Forwarded-Host: open.test\r\nConnection: close\r\n\r\n")]
    public async Task Request_OtherFormsOfTheTarget_NeverReachAProtectedHost(string request)
    {
        await using var stream = await _site.Client("open.test").ConnectAsync();

        Assert.Equal(421, (await TlsClient.SendAsync(stream, request)).Status);
    }

    [Fact]
    public async Task Request_SecondOneOfAConnection_IsJudgedByItself()
    {
        await using var stream = await _site.Client("open.test").ConnectAsync();

        await stream.WriteAsync(
            "GET / HTTP/1.1\r\nHost: open.test\r\n\r\nGET / HTTP/1.1\r\nHost: admin.test\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        var both = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200", both, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 421", both, StringComparison.Ordinal);
        Assert.DoesNotContain("admin", both, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open.test", "admin.test", HttpStatusCode.MisdirectedRequest)]
    [InlineData("open.test", "hole.wild.test", HttpStatusCode.OK)]
    public async Task Request_CoalescedOverHttp2_IsHeldToThePolicyOfItsHost(string serverName, string host, HttpStatusCode expected)
    {
        using var client = Http2(_site.Client(serverName));

        using var response = await client.GetAsync($"http://{host}:{_site.Port}/");

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(HttpVersion.Version20, response.Version);
    }

    [Fact]
    public async Task Request_OverHttp2WithACertificate_IsServed()
    {
        using var alice = TlsSite.Authority.Client("alice");
        using var client = Http2(_site.Client("admin.test") with { Certificate = alice });

        Assert.StartsWith("admin Verified CN=alice", await client.GetStringAsync($"http://admin.test:{_site.Port}/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_PlainHttp_NeverReachesAProtectedHost()
    {
        Assert.Equal(403, (await RawResponse.GetAsync(_site.HttpPort(), "/", "admin.test")).Status);
        Assert.Equal(403, (await RawResponse.GetAsync(_site.HttpPort(), "/", "ADMIN.test.")).Status);
        Assert.Equal(200, (await RawResponse.GetAsync(_site.HttpPort(), "/", "open.test")).Status);
        Assert.StartsWith("maybe None", (await RawResponse.GetAsync(_site.HttpPort(), "/", "maybe.test")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ProxyClaimsHttp_DoesNotHideTheConnection()
    {
        await using var site = await TlsSite.StartAsync(pipeline: static app =>
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All };
            app.UseForwardedHeaders(forwarded);
            app.UseIngressRouting();
        });

        var claim = "X-Forwarded-Proto: http\r\nX-Forwarded-For: 192.0.2.1\r\n";
        Assert.Equal(421, (await site.Client("open.test").GetAsync("admin.test", headers: claim)).Status);
        Assert.Equal(421, (await site.Client("open.test").GetAsync("open.test", headers: claim + "X-Forwarded-Host: admin.test\r\n")).Status);
        Assert.Equal(403, (await RawResponse.SendAsync(
            site.HttpPort(), "GET / HTTP/1.1\r\nHost: admin.test\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n")).Status);
    }

    [Fact]
    public async Task Change_PolicyGetsStricter_OpenConnectionsAreMisdirected()
    {
        await using var stream = await _site.Client("open.test").ConnectAsync();
        _site.Change(TlsSite.Ingress("open", "open.test", ("client-certificates", "require"), ("client-certificate-secret", "ca")));

        Assert.Equal(421, (await TlsClient.SendAsync(stream, "GET / HTTP/1.1\r\nHost: open.test\r\nConnection: close\r\n\r\n")).Status);
        Assert.True(await _site.Client("open.test").IsRefusedAsync("open.test"));
    }

    [Fact]
    public async Task Change_CertificateIsRevoked_OldAndNewConnectionsAreRefused()
    {
        using var alice = TlsSite.Authority.Client("alice");
        using var bob = TlsSite.Authority.Client("bob");
        var client = _site.Client("admin.test") with { Certificate = alice };
        await using var stream = await client.ConnectAsync();

        _site.Change(TestAuthority.Secret("shop/ca", TlsSite.Authority) with { RevocationListsPem = TlsSite.Authority.RevocationList(-1, 1, alice) });

        Assert.Equal(421, (await TlsClient.SendAsync(stream, "GET / HTTP/1.1\r\nHost: admin.test\r\nConnection: close\r\n\r\n")).Status);
        Assert.True(await client.IsRefusedAsync("admin.test"));
        Assert.False(await (client with { Certificate = bob }).IsRefusedAsync("admin.test"));
    }

    [Fact]
    public async Task Change_SecretOfAuthoritiesIsGone_NobodyIsLetIn()
    {
        using var alice = TlsSite.Authority.Client("alice");

        _site.Router.Publish(_site.Router.Current.Apply(new() { Removed = [new(TestAuthority.Secret("shop/ca").Kind, "shop", "ca")] }));

        Assert.True(await (_site.Client("admin.test") with { Certificate = alice }).IsRefusedAsync("admin.test"));
        Assert.Equal(200, (await _site.Client("open.test").GetAsync("open.test")).Status);
    }

    [Fact]
    public async Task Option_RequireMatchingServerName_AnswersEveryDifferenceWith421()
    {
        await using var site = await TlsSite.StartAsync(options: static options => options.RequireMatchingServerName = true);

        Assert.Equal(421, (await site.Client("open.test").GetAsync("hole.wild.test")).Status);
        Assert.Equal(421, (await site.Client("").GetAsync("open.test")).Status);
        Assert.Equal(200, (await site.Client("OPEN.test").GetAsync("open.test.:1")).Status);
        Assert.Equal(200, (await RawResponse.GetAsync(site.HttpPort(), "/", "open.test")).Status);
    }

    [Fact]
    public async Task Option_ClientCertificatesByCode_AreNotLoosenedByAnnotations()
    {
        var settings = new TlsSettings
        {
            ClientCertificates = new() { Mode = ClientCertificateMode.Require, AuthoritiesPem = TlsSite.Authority.Pem },
        };
        await using var site = await TlsSite.StartAsync(
            TlsSite.Snapshot with { Ingresses = [TlsSite.Ingress("i", "open.test", ("client-certificates", "none"))] },
            options => options.HostTls["*.test"] = settings);

        Assert.True(await site.Client("open.test").IsRefusedAsync("open.test"));
        Assert.Equal(421, (await site.Client("").GetAsync("open.test")).Status);
    }

    // HttpClient itself always sends the name of the URL. So TLS is done for it here, and the server lets the scheme differ.
    private static HttpClient Http2(TlsClient client)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, _) => await (client with { Protocols = [SslApplicationProtocol.Http2] }).ConnectAsync(),
        };
        return new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }
}
