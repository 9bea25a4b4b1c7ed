using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Hosting;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

public sealed class ServerCertificateProviderTests
{
    private static readonly ClusterSnapshot s_shop = new()
    {
        Ingresses =
        [
            Some.Ingress("shop/web", [Some.Rule(null, Some.Prefix("/"))], tls: [Some.Tls("cert", "a.test"), Some.Tls("missing", "gone.test")]),
        ],
        Secrets = [TestCertificates.Secret("shop/cert", "a.test"), TestCertificates.Secret("infra/default", "default.test")],
    };

    [Theory]
    [InlineData("a.test", "a.test")]
    [InlineData("default.test", "default.test")]
    [InlineData("gone.test", "provided.test")]
    [InlineData("other.test", "provided.test")]
    [InlineData("", "provided.test")]
    public async Task Handshake_NoCertificateCoversTheName_IsAnsweredByTheProvider(string serverName, string expected)
    {
        await using var site = await StartAsync(new Provider(), "infra/default");

        Assert.Equal(expected, await HandshakeAsync(site.Port, serverName));
    }

    [Fact]
    public async Task Handshake_ProviderHasNone_GoesOnWithoutIt()
    {
        await using var with = await StartAsync(new Provider { HasCertificate = false }, "infra/default");
        await using var without = await StartAsync(new Provider { HasCertificate = false }, defaultCertificate: null);

        Assert.Equal("default.test", await HandshakeAsync(with.Port, "other.test"));
        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => HandshakeAsync(without.Port, "other.test"));
        Assert.Contains("unrecognized name", failure.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("other.test", "other.test")]
    [InlineData("caf\u00E9.example", "caf\u00E9.example")]
    [InlineData("", null)]
    public async Task Handshake_Request_SaysWhatIsKnown(string serverName, string? expected)
    {
        var provider = new Provider();
        await using var site = await StartAsync(provider, defaultCertificate: null);

        await HandshakeAsync(site.Port, serverName);

        var request = Assert.Single(provider.Requests);
        Assert.Equal(expected, request.ServerName);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, site.Port), request.LocalEndPoint);
        Assert.Same(site.Router.Current, request.Table);
    }

    private static Task<TestSite> StartAsync(Provider provider, string? defaultCertificate)
        => TestSite.StartAsync(
            s_shop,
            Serving.Echo,
            builder =>
            {
                builder.Services.AddSingleton<IServerCertificateProvider>(provider);
                builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseIngressHttps()));
            },
            options: options => options.DefaultCertificate = defaultCertificate);

    private static async Task<string> HandshakeAsync(int port, string serverName)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = serverName,
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null, // self-signed; its name is tested
            },
            timeout.Token);
        using var received = new X509Certificate2(stream.RemoteCertificate!);
        return received.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames().Single();
    }

    private sealed class Provider : IServerCertificateProvider
    {
        private static readonly SecretResource s_secret = TestCertificates.Secret("any/provided", "provided.test");

        private readonly SslStreamCertificateContext _certificate = SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPem(s_secret.CertificatePem, s_secret.KeyPem), additionalCertificates: null, offline: true);

        public bool HasCertificate { get; init; } = true;

        public List<ServerCertificateRequest> Requests { get; } = [];

        public SslStreamCertificateContext? FindCertificate(ServerCertificateRequest request)
        {
            Requests.Add(request);
            return HasCertificate ? _certificate : null;
        }
    }
}
