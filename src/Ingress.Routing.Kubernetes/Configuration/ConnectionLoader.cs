namespace Ingress.Routing.Kubernetes.Configuration;

/// <summary>Finds out which cluster is meant (K47).</summary>
internal static class ConnectionLoader
{
    /// <summary>Reads what says how to reach the cluster.</summary>
    /// <exception cref="KubernetesConfigurationException">It cannot be used, or there is none.</exception>
    public static ClusterConnection Load(KubernetesOptions options)
        => Load(options, Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), InClusterConfiguration.DefaultFolder);

    internal static ClusterConnection Load(KubernetesOptions options, Func<string, string?> environment, string home, string serviceAccountFolder)
    {
        if (options.KubeconfigFile is { } file)
        {
            return Kubeconfig.Read([file], mustExist: true).Select(options.Context);
        }

        if (environment("KUBECONFIG") is { Length: > 0 } list)
        {
            return Kubeconfig.Read(list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), mustExist: false).Select(options.Context);
        }

        // A context can only be one of a kubeconfig.
        if (options.Context is null && InClusterConfiguration.Load(environment, serviceAccountFolder) is { } inCluster)
        {
            return inCluster;
        }

        var usual = Path.Combine(home, ".kube", "config");
        return File.Exists(usual)
            ? Kubeconfig.Read([usual], mustExist: true).Select(options.Context)
            : throw new KubernetesConfigurationException(
                $"No cluster is known: there is no kubeconfig in $KUBECONFIG or in '{usual}', and this is no Pod with a ServiceAccount.");
    }
}
