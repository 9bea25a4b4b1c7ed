using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Ingress.Routing.Acme.Tests.Ca;
using Ingress.Routing.Acme.Tests.Support;
using Ingress.Routing.Hosting;

namespace Ingress.Routing.Acme.Tests;

/// <summary>The ways a CA comes in, and what else could come in by them.</summary>
public sealed class ChallengeTests : IDisposable
{
    private const string Host = "shop.example.test";
    private const string Prefix = "/.well-known/acme-challenge/";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Http_OnlyTheTokenThatWaits_IsAnswered()
    {
        await using var ca = await TestCa.StartAsync();
        var validating = new TaskCompletionSource();
        ca.Validating = validating.Task;
        ca.Offers = ["http-01"];
        await using var site = await StartAsync(ca);
        await Eventually.TrueAsync(() => ca.Orders is [{ Authorizations: [{ Tried: not null }] }]);
        var token = ca.Orders[0].Authorizations[0].Token;

        var (status, answer) = await site.GetAsync(Host, Prefix + token);
        Assert.Equal(200, status);
        Assert.StartsWith(token + ".", answer, StringComparison.Ordinal);
        Assert.Equal(answer, (await site.GetAsync(Host.ToUpperInvariant() + ":80", Prefix + token)).Body);
        foreach (var path in (string[])
            [Prefix, Prefix + "other", Prefix + token + "/", Prefix + token + "?x=1", Prefix + token + "x", Prefix + token[..^1], Prefix + "%" + ((int)token[0]).ToString("X2", System.Globalization.CultureInfo.InvariantCulture) + token[1..], "/.well-known//acme-challenge/" + token, "/.WELL-KNOWN/acme-challenge/" + token, Prefix + "../acme-challenge/" + token + "\0"])
        {
            Assert.DoesNotContain(answer, await RawAsync(site.HttpPort, $"GET {path} HTTP/1.1\r\nHost: {Host}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        }

        foreach (var (method, host) in ((string, string)[])[("POST", Host), ("PUT", Host), ("GET", "other.example.test"), ("GET", "x" + Host), ("GET", "")])
        {
            Assert.DoesNotContain(
                answer, await RawAsync(site.HttpPort, $"{method} {Prefix}{token} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        }

        validating.SetResult();
        await site.WaitForAsync(Host);
        await Eventually.TrueAsync(async () => !(await site.GetAsync(Host, Prefix + token)).Body.Contains(answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Http_BeforeRedirect_AndASolverOfCertManagerKeepsItsPath()
    {
        await using var ca = await TestCa.StartAsync();
        ca.Offers = ["http-01"];
        var solver = Some.Ingress("shop/solver", [Some.Rule(Host, Some.Exact(Prefix + "token-of-cert-manager", "solver", 8089))]);
        await using var site = await AcmeSite.StartAsync(
            ca,
            _folder.Path,
            Some.Snapshot(
                Some.Ingress("shop/web", [Some.Rule(Host, Some.Prefix("/"))], tls: [new() { Hosts = [Host], SecretName = "missing" }]),
                solver with { Metadata = solver.Metadata with { Labels = new Dictionary<string, string> { ["acme.cert-manager.io/http01-solver"] = "true" } } }),
            services: static services => services.Configure<IngressRoutingOptions>(static options => options.Tls = new() { RedirectToHttps = true }));

        await site.WaitForAsync(Host);

        Assert.Equal((200, "backend"), await site.GetAsync(Host, Prefix + "token-of-cert-manager"));
        Assert.Equal(301, (await site.GetAsync(Host, "/")).Status);
        Assert.Equal(301, (await site.GetAsync(Host, Prefix + "unknown")).Status);
    }

    [Fact]
    public async Task Tls_ChallengeConnection_CarriesNoRequest_AndOtherNamesGetNothing()
    {
        await using var ca = await TestCa.StartAsync();
        var validating = new TaskCompletionSource();
        ca.Validating = validating.Task;
        ca.Offers = ["tls-alpn-01"];
        await using var site = await StartAsync(ca);
        await Eventually.TrueAsync(() => ca.Orders is [{ Authorizations: [{ Tried: not null }] }]);

        // Kestrel closes after the handshake, whatever is sent.
        await using (var stream = await HandshakeAsync(site, Host, "acme-tls/1"))
        {
            Assert.Equal("acme-tls/1", stream.NegotiatedApplicationProtocol.ToString());
            try
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {Host}\r\n\r\n"));
                Assert.Equal(0, await stream.ReadAsync(new byte[100]));
            }
            catch (IOException)
            {
                // Closed even harder.
            }
        }

        await Assert.ThrowsAnyAsync<Exception>(() => HandshakeAsync(site, "other.example.test", "acme-tls/1"));
        await Assert.ThrowsAnyAsync<Exception>(() => HandshakeAsync(site, Host, "acme-tls/1", "h2")); // a browser would be shown a challenge
        validating.SetResult();
        await site.WaitForAsync(Host);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await using var stream = await HandshakeAsync(site, Host, "acme-tls/1");
                return false;
            }
            catch (Exception exception) when (exception is AuthenticationException or IOException)
            {
                return true;
            }
        });
    }

    private Task<AcmeSite> StartAsync(TestCa ca) => AcmeSite.StartAsync(ca, _folder.Path, AcmeSite.Hosts(Host));

    private static async Task<SslStream> HandshakeAsync(AcmeSite site, string host, params string[] protocols)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, site.HttpsPort, timeout.Token);
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ApplicationProtocols = [.. protocols.Select(static protocol => new SslApplicationProtocol(protocol))],
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
            },
            timeout.Token);
        return stream;
    }

    private static async Task<string> RawAsync(int port, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
