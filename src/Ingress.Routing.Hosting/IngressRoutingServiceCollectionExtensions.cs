using Ingress.Routing;
using Ingress.Routing.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers ingress routing.</summary>
public static class IngressRoutingServiceCollectionExtensions
{
    /// <summary>Adds ingress routing and returns a builder for its sources and features.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>A builder to add sources and features with.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <remarks>
    /// <para>Calling this more than once is harmless. Wrong settings fail the start of the host.</para>
    /// <para>
    /// A hosted service compiles what the sources yield and publishes it to the <see cref="IngressRouter"/>. The start of the host waits
    /// for the first table, up to <see cref="IngressRoutingOptions.StartupTimeout"/>, so that rules are in force before the first request arrives.
    /// </para>
    /// </remarks>
    public static IIngressRoutingBuilder AddIngressRouting(this IServiceCollection services, Action<IngressRoutingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddOptions<IngressRoutingOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IngressRoutingOptions>, IngressRoutingOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IngressRouter>();
        services.TryAddSingleton<IngressReloadMetrics>();
        services.AddHostedService<IngressReloadService>();

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new IngressRoutingBuilder(services);
    }
}
