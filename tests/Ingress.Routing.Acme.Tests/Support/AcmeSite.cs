using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Acme.Tests.Ca;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Acme.Tests.Support;

/// <summary>An application on loopback that gets its certificates from a CA.</summary>
internal sealed class AcmeSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AcmeSite(WebApplication app) => _app = app;

    public int HttpPort => PortOf("http");

    public int HttpsPort => PortOf("https");

    public IAcmeCertificates Certificates => _app.Services.GetRequiredService<IAcmeCertificates>();

    public IngressRouter Router => _app.Services.GetRequiredService<IngressRouter>();

    public IReadOnlyList<IngressDiagnostic> Diagnostics => Router.Current.Diagnostics;

    public static async Task<AcmeSite> StartAsync(
        TestCa ca, string folder, ClusterSnapshot snapshot, Action<AcmeOptions>? options = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseIngressHttps());
        });
        builder.Services.AddRouting();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services?.Invoke(builder.Services);
        builder.Services.AddIngressRouting()
            .AddSnapshot(snapshot)
            .ConfigureIngressEndpoints(static endpoint => endpoint.RequestDelegate = static context => context.Response.WriteAsync("backend"))
            .AddAcme(acme =>
            {
                acme.Directory = ca.Directory;
                acme.TrustedRoots.Add(ca.Root);
                acme.StorageFolder = folder;
                acme.AgreeToTermsOfService = true;
                acme.Email = "ops@example.test";
                acme.RetryDelay = TimeSpan.FromSeconds(1);
                options?.Invoke(acme);
            });
        var app = builder.Build();
        app.UseIngressRouting();
        await app.StartAsync();
        var site = new AcmeSite(app);
        (ca.HttpPort, ca.TlsPort) = (site.HttpPort, site.HttpsPort);
        return site;
    }

    /// <summary>An Ingress that routes hosts and has a TLS entry for each, whose Secret is missing.</summary>
    public static ClusterSnapshot Hosts(params string[] hosts) => Some.Snapshot(Some.Ingress(
        "shop/web",
        hosts.Select(static host => Some.Rule(host, Some.Prefix("/"))),
        tls: hosts.Select((host, i) => new IngressTls { Hosts = [host], SecretName = $"missing-{i}" })));

    /// <summary>Waits until hosts have certificates of the CA.</summary>
    public async Task WaitForAsync(params string[] hosts)
        => await Eventually.TrueAsync(
            () => hosts.All(host => Certificates.Certificates.Any(certificate => certificate.Names.Contains(host))),
            () => string.Join('\n', Diagnostics));

    /// <summary>What a client is shown that asks for a host.</summary>
    public async Task<X509Certificate2> HandshakeAsync(string host)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, HttpsPort, timeout.Token);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null },
            timeout.Token);
        return X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.GetRawCertData());
    }

    public async Task<(int Status, string Body)> GetAsync(string host, string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{HttpPort}{path}");
        request.Headers.Host = host;
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Has it look at everything again, as a new table would.</summary>
    public void Wake() => Router.Publish(Router.Current);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private int PortOf(string scheme) => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
        .Addresses.Select(static address => new Uri(address)).First(address => address.Scheme == scheme).Port;
}
