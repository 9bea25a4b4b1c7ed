using Ingress.Routing.AspNetCore;
using Ingress.Routing.AspNetCore.Connections;
using Ingress.Routing.AspNetCore.Limits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Keeps a server from running out of descriptors and memory.</summary>
public static class IngressConnectionLimitExtensions
{
    /// <summary>Bounds the connections of clients and backends by the limit on open files, and requests by memory.</summary>
    /// <param name="builder">The web host, which must use Kestrel with its sockets.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>
    /// <para>
    /// When clients have as many connections as there is room for, the one that has been idle for longest is closed for a new one. When all
    /// are busy, a new one waits for a second and is closed then. Each listener keeps a connection or two of its own, so that a flood
    /// at one does not silence another. Connections to backends are bounded by <c>AddForwarding</c>, which finds the
    /// <see cref="ConnectionBudget"/> among the services.
    /// </para>
    /// <para>
    /// Requests are bounded too: how many are answered at once, in all and for one client, and how slowly a body may come in. What is too much waits for a moment,
    /// in turns of its clients, and is answered with 503 and <c>Retry-After</c>; so is everything new while memory is nearly used up. The buffers of a connection are kept
    /// small (<c>MaxRequestBufferSize</c>, and the windows of HTTP/2); <c>ConfigureKestrel</c> changes that.
    /// </para>
    /// <para>
    /// When the host stops, clients are asked to leave first, and get <see cref="IngressConnectionOptions.ShutdownDelay"/> and
    /// <see cref="IngressConnectionOptions.DrainTimeout"/> for it; <see cref="ConnectionDrain"/> tells how far that is.
    /// </para>
    /// <para>
    /// It is logged as a warning, at most every ten seconds, and counted: <c>ingress_routing.connections.closed</c>, by <c>reason</c>. Calling
    /// this more than once is harmless. HTTP/3 takes one descriptor a listener and is not bounded.
    /// </para>
    /// </remarks>
    public static IWebHostBuilder UseIngressConnectionLimits(this IWebHostBuilder builder, Action<IngressConnectionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        return builder.ConfigureServices(services =>
        {
            if (configure is not null)
            {
                services.Configure(configure);
            }

            services.AddOptions<IngressConnectionOptions>().ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IngressConnectionOptions>, IngressConnectionOptionsValidator>());
            services.TryAddSingleton<IOpenFiles, OpenFiles>();
            services.TryAddSingleton(CreateBudget);
            services.TryAddSingleton(static _ => new ConnectionDrain());
            services.TryAddSingleton<ConnectionMetrics>();
            services.TryAddSingleton<IMemoryUse, MemoryUse>();
            services.TryAddSingleton<MemoryGuard>();
            services.TryAddSingleton<LimitMetrics>();
            services.TryAddSingleton<ClientCounts>();
            services.TryAddSingleton<RequestGate>();
            services.TryAddSingleton<ClientConnections>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, RequestsOfConnections>());

            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BodyWatch>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>, ConnectionMemory>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<SocketTransportOptions>, ConnectionMemory>());

            // The host stops its services in reverse order, and this one has its say before any of them.
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ServerStop>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HostOptions>, StopTimeout>());

            // Kestrel asks the last factory first.
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, BoundedListenerFactory>());
        });
    }

    // As long as the application lives, like the options.
    private static ConnectionBudget CreateBudget(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<IngressConnectionOptions>>();
        var budget = new ConnectionBudget(
            options.CurrentValue, provider.GetRequiredService<IOpenFiles>(), provider.GetService<TimeProvider>() ?? TimeProvider.System);
        options.OnChange(budget.Change);
        return budget;
    }
}
