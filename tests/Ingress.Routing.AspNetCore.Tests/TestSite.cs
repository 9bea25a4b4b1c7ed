using System.Net;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore.Tests;

/// <summary>An application on Kestrel, on a port that the system chose.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private TestSite(WebApplication app)
    {
        App = app;
    }

    public WebApplication App { get; }

    public int Port => new Uri(App.Urls.First()).Port;

    public IngressRouter Router => App.Services.GetRequiredService<IngressRouter>();

    /// <param name="snapshot">The resources; null leaves the table unpublished.</param>
    /// <param name="configure">Adds to ingress routing.</param>
    /// <param name="build">Adds to the application; without listening, it listens on a loopback port.</param>
    /// <param name="pipeline">Replaces <c>UseIngressRouting</c>.</param>
    public static async Task<TestSite> StartAsync(
        ClusterSnapshot? snapshot,
        Action<IIngressRoutingBuilder>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? pipeline = null,
        Action<IngressRoutingOptions>? options = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var ingress = builder.Services.AddIngressRouting(settings =>
        {
            // A start that waited for a table that never comes would only end by the time-out below.
            settings.StartupTimeout = snapshot is null ? TimeSpan.Zero : settings.StartupTimeout;
            options?.Invoke(settings);
        });
        if (snapshot is not null)
        {
            ingress.AddSnapshot(snapshot);
        }
        else
        {
            ingress.AddSource(_ => new SilentSource());
        }

        configure?.Invoke(ingress);
        if (build is null)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        }

        build?.Invoke(builder);
        var app = builder.Build();
        if (pipeline is null)
        {
            app.UseIngressRouting();
        }

        pipeline?.Invoke(app);
        await app.StartAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return new TestSite(app);
    }

    public Task<RawResponse> GetAsync(string target, string host = "h.test", string method = "GET")
        => RawResponse.GetAsync(Port, target, host, method);

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    private sealed class SilentSource : IIngressSource
    {
        public async IAsyncEnumerable<ClusterSnapshot> WatchAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            yield break;
        }
    }
}
