using System.Diagnostics.Metrics;
using Ingress.Routing;
using Ingress.Routing.Hosting;
using Ingress.Routing.Kubernetes;
using Ingress.Routing.Kubernetes.Client;
using Ingress.Routing.Kubernetes.Configuration;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Kubernetes.Watching;
using Ingress.Routing.Kubernetes.Writing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a cluster to ingress routing.</summary>
public static class KubernetesIngressRoutingBuilderExtensions
{
    /// <summary>Serves the Ingresses of a cluster, and follows their changes.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>
    /// The first table comes when all of the cluster that is needed was read; from then on routes stay whatever the API server does. The start of
    /// the host fails with a <see cref="KubernetesConfigurationException"/> when the cluster is not known. Calling this more than once adds no
    /// second cluster.
    /// </remarks>
    public static IIngressRoutingBuilder AddKubernetes(this IIngressRoutingBuilder builder, Action<KubernetesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<KubernetesOptions>();
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        builder.Services.TryAddSingleton(static services => ConnectionLoader.Load(services.GetRequiredService<IOptions<KubernetesOptions>>().Value));
        builder.Services.TryAddSingleton(static services => new KubernetesClient(
            services.GetRequiredService<ClusterConnection>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<KubernetesClient>>()));
        builder.Services.TryAddSingleton(static services => new KubernetesMetrics(services.GetRequiredService<TimeProvider>(), services.GetService<IMeterFactory>()));
        if (builder.Services.Any(static service => service.ServiceType == typeof(KubernetesIngressSource)))
        {
            return builder;
        }

        builder.Services.AddSingleton(static services => new KubernetesIngressSource(
            services.GetRequiredService<KubernetesClient>(),
            services.GetRequiredService<IOptions<KubernetesOptions>>(),
            services.GetRequiredService<IOptions<IngressRoutingOptions>>(),
            services.GetRequiredService<KubernetesMetrics>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<KubernetesIngressSource>>(),
            services.GetService<ReflectorOptions>()));
        builder.Services.AddSingleton<IIngressSource>(static services =>
        {
            services.GetRequiredService<IngressRouter>().OnPublished(_ => services.GetRequiredService<KubernetesMetrics>().Published());
            return services.GetRequiredService<KubernetesIngressSource>();
        });
        builder.Services.TryAddSingleton<WriteMetrics>();
        builder.Services.AddHostedService<ClusterWriter>();
        return builder;
    }
}
