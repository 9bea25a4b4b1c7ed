using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A host application that forwards, listening on loopback: once for HTTP/1.1, once for HTTP/2 without TLS.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RouteTableOptions _options;

    private Proxy(WebApplication app, RouteTableOptions options)
    {
        _app = app;
        _options = options with { AllowLoopbackDestinations = true };
        Http1 = new Uri(app.Urls.First());
        Http2 = new Uri(app.Urls.Last());
        Client = CreateClient();
    }

    public Uri Http1 { get; }

    public Uri Http2 { get; }

    /// <summary>Sends to <see cref="Http1"/>, and follows no redirect.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public IngressRouter Router => _app.Services.GetRequiredService<IngressRouter>();

    public ServiceClusters Clusters => _app.Services.GetRequiredService<ServiceClusters>();

    public static async Task<Proxy> StartAsync(
        ClusterSnapshot snapshot,
        Action<IngressForwardingOptions>? forwarding = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? pipeline = null,
        RouteTableOptions? options = null,
        Action<IWebHostBuilder>? web = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        web?.Invoke(builder.WebHost);
        services?.Invoke(builder.Services);
        builder.Services.AddIngressRouting().AddForwarding(forwarding);

        var app = builder.Build();
        app.UseIngressRouting();
        pipeline?.Invoke(app);
        await app.StartAsync();

        var proxy = new Proxy(app, options ?? RouteTableOptions.Default);
        proxy.Publish(snapshot);
        return proxy;
    }

    public void Publish(ClusterSnapshot snapshot) => Router.Publish(IngressRouteTable.Compile(snapshot, _options));

    public HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = Http1,
        Timeout = TimeSpan.FromMinutes(2),
    };

    public HttpClient CreateClient(HttpProtocols protocols) => protocols == HttpProtocols.Http2 ? CreateHttp2Client() : CreateClient();

    /// <summary>Speaks HTTP/2 without TLS.</summary>
    public HttpClient CreateHttp2Client() => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = Http2,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = TimeSpan.FromMinutes(2),
    };

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Http1.Port);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }
}
