using Ingress.Routing.Hosting;
using Ingress.Routing.Kubernetes.Configuration;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Serves a cluster, when <c>run</c> was told to.</summary>
internal static class ClusterSource
{
    // A change of the cluster is to be in force in milliseconds, and a storm of them must not be a storm of tables (K21).
    private static readonly TimeSpan s_reloadDelay = TimeSpan.FromMilliseconds(10);

    // Probes want an answer while the cluster is read; requests get 503 and Retry-After (K12).
    private static readonly TimeSpan s_startupTimeout = TimeSpan.FromSeconds(1);

    public static void Configure(IngressRoutingOptions options, RunSettings settings)
    {
        if (settings.Kubernetes is not null)
        {
            options.ReloadDelay = s_reloadDelay;
            options.StartupTimeout = settings.StartupTimeout ?? s_startupTimeout;
        }
    }

    /// <exception cref="Kubernetes.KubernetesConfigurationException">The cluster is not known.</exception>
    public static void Add(IIngressRoutingBuilder routing, RunSettings settings)
    {
        if (settings.Kubernetes is { } cluster)
        {
            routing.Services.AddSingleton(ConnectionLoader.Load(cluster)); // now, so that 'run' can say what is wrong and end
            routing.AddKubernetes(cluster.CopyTo);
        }
    }
}
