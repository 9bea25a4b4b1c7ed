using Ingress.Routing;
using Ingress.Routing.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers ingress routing.</summary>
public static class IngressRoutingServiceCollectionExtensions
{
    /// <summary>Adds ingress routing and returns a builder for its sources and features.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>A builder to add sources and features with.</returns>
    /// <remarks>Calling this more than once is harmless.</remarks>
    public static IIngressRoutingBuilder AddIngressRouting(this IServiceCollection services, Action<IngressRoutingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.TryAddSingleton<IngressRouter>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new IngressRoutingBuilder(services);
    }
}
