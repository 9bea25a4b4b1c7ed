using Ingress.Routing.Hosting;
using Ingress.Routing.Kubernetes.ApiServer;
using Ingress.Routing.Kubernetes.Configuration;
using Ingress.Routing.Kubernetes.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>A test API server, and a host that serves it. Waits are bounded; nothing is polled but the table in force.</summary>
internal sealed class WatchedCluster : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly List<(Func<IngressRouteTable, bool> Condition, TaskCompletionSource Met)> _waiting = [];
    private IHost? _host;

    private WatchedCluster(TestApiServer server) => Server = server;

    public TestApiServer Server { get; }

    public LogLines Log { get; } = new();

    public IngressRouter Router => _host!.Services.GetRequiredService<IngressRouter>();

    public IngressRouteTable Table => Router.Current;

    public KubernetesIngressSource Source => _host!.Services.GetRequiredService<KubernetesIngressSource>();

    public IServiceProvider Services => _host!.Services;

    /// <summary>Starts a server with a class, a Service with one endpoint, and an Ingress for a.test.</summary>
    public static async Task<WatchedCluster> CreateAsync(bool usesTls = false)
    {
        var cluster = new WatchedCluster(new TestApiServer(usesTls));
        cluster.Server.Apply(Manifest.Class());
        cluster.Server.Apply(Manifest.Service());
        cluster.Server.Apply(Manifest.Slice("web", "10.1.0.1"));
        cluster.Server.Apply(Manifest.Ingress("a", "a.test"));
        await cluster.Server.StartAsync();
        return cluster;
    }

    /// <summary>Starts the host, and does not wait for a table.</summary>
    public async Task StartAsync(
        Action<KubernetesOptions>? configure = null,
        ReflectorOptions? reflection = null,
        Func<ClusterConnection, ClusterConnection>? connect = null,
        Action<IngressRoutingOptions>? route = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.AddProvider(Log);
        var connection = new ClusterConnection
        {
            Server = Server.Address,
            Origin = "the test",
            Authorities = Server.AuthorityPem is { } pem ? new(System.Text.Encoding.UTF8.GetBytes(pem)) : null,
        };
        builder.Services.AddSingleton(connect?.Invoke(connection) ?? connection);
        builder.Services.AddSingleton(reflection ?? new ReflectorOptions());
        builder.Services.AddIngressRouting(options =>
        {
            options.ControllerName = Manifest.Controller;
            options.ReloadDelay = TimeSpan.FromMilliseconds(10);
            options.StartupTimeout = TimeSpan.Zero;
            route?.Invoke(options);
        }).AddKubernetes(configure);
        _host = builder.Build();
        Router.OnPublished(Look);
        await _host.StartAsync();
    }

    /// <summary>Starts the host, and waits for the first table.</summary>
    public async Task ServeAsync(
        Action<KubernetesOptions>? configure = null,
        ReflectorOptions? reflection = null,
        Func<ClusterConnection, ClusterConnection>? connect = null,
        Action<IngressRoutingOptions>? route = null)
    {
        await StartAsync(configure, reflection, connect, route);
        await UntilAsync(static _ => true);
    }

    /// <summary>Waits until a table is in force that meets a condition.</summary>
    public async Task UntilAsync(Func<IngressRouteTable, bool> condition)
    {
        Task met;
        lock (_waiting)
        {
            if (Router.HasPublished && condition(Table))
            {
                return;
            }

            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, waiting));
            met = waiting.Task;
        }

        try
        {
            await met.WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Log:\n{string.Join('\n', Log.All)}\nRequests:\n{string.Join('\n', Server.Requests)}\nHosts: {string.Join(' ', Table.Routes.Select(static route => route.Host))}");
        }
    }

    public Task UntilServesAsync(string host) => UntilAsync(table => Serves(table, host));

    public Task UntilServesNotAsync(string host) => UntilAsync(table => !Serves(table, host));

    public Task UntilEndpointsAsync(string service, params string[] addresses) => UntilAsync(table => EndpointsOf(table, service).SequenceEqual(addresses));

    /// <summary>Waits for something else than a table.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var deadline = DateTime.UtcNow + s_patience;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, what);
            await Task.Delay(10);
        }
    }

    public static bool Serves(IngressRouteTable table, string host) => table.Routes.Any(route => route.Host == host);

    public static IEnumerable<string> EndpointsOf(IngressRouteTable table, string service)
        => table.GetDestinations(new(new("default", service), new() { Name = "http" })).Ready.Select(static endpoint => endpoint.Address.ToString());

    /// <summary>The open watch of a kind.</summary>
    public async Task<ApiWatch> WatchOfAsync(string plural, ApiWatch? otherThan = null)
    {
        ApiWatch? found = null;
        await UntilAsync(() => (found = Server.Watches.FirstOrDefault(watch => watch.Request.Resource.Plural == plural && watch != otherThan)) is not null, $"no watch of {plural}");
        return found!;
    }

    public int CountRequests(string part) => Server.Requests.Count(request => request.Contains(part, StringComparison.Ordinal));

    /// <summary>Another replica on the same server.</summary>
    public WatchedCluster Beside() => new(Server);

    /// <summary>Ends the replica as SIGTERM does.</summary>
    public Task StopHostAsync() => _host!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }

        await Server.DisposeAsync();
    }

    private void Look(IngressRouteTable table)
    {
        lock (_waiting)
        {
            foreach (var (condition, met) in _waiting.ToList())
            {
                if (condition(table))
                {
                    met.TrySetResult();
                    _waiting.Remove((condition, met));
                }
            }
        }
    }
}
