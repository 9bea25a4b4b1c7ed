using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A backend on loopback that speaks one protocol, without TLS unless said otherwise.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Backend(WebApplication app)
    {
        _app = app;
        Port = new Uri(app.Urls.Single()).Port;
    }

    public int Port { get; }

    public static Task<Backend> StartAsync(RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1)
        => StartAsync(app => app.Run(answer), listen => listen.Protocols = protocols);

    /// <summary>A backend that answers with its name.</summary>
    public static Task<Backend> StartAsync(string name) => StartAsync(context => context.Response.WriteAsync(name));

    public static async Task<Backend> StartAsync(
        Action<WebApplication> pipeline, Action<ListenOptions> listen, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen);
        });
        services?.Invoke(builder.Services);

        var app = builder.Build();
        pipeline(app);
        await app.StartAsync();
        return new Backend(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }
}
