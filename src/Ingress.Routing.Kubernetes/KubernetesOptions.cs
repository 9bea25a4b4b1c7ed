namespace Ingress.Routing.Kubernetes;

/// <summary>Settings of <c>AddKubernetes</c>: which cluster, which part of it, and what is written back.</summary>
public sealed class KubernetesOptions
{
    /// <summary>
    /// A kubeconfig file. Null, the default, takes <c>$KUBECONFIG</c>, then the ServiceAccount of the Pod, then <c>~/.kube/config</c>. A
    /// kubeconfig can run programs and read files: take it from nobody you do not trust.
    /// </summary>
    public string? KubeconfigFile { get; set; }

    /// <summary>The context of the kubeconfig; null takes its <c>current-context</c>.</summary>
    public string? Context { get; set; }

    /// <summary>The namespaces to watch; empty, the default, watches all of them. Each takes a list and a watch for each kind.</summary>
    public IList<string> WatchNamespaces { get; } = [];

    /// <summary>Watches only the namespaces whose labels match, such as <c>team=shop,tier!=test</c>; null watches all. Not with <see cref="WatchNamespaces"/>.</summary>
    public string? WatchNamespaceSelector { get; set; }

    /// <summary>
    /// The one class to serve where IngressClasses may not be read: the Ingresses that name it are served. Null, the default, serves none then.
    /// </summary>
    public string? IngressClass { get; set; }

    /// <summary>The Service whose addresses are written into the status of Ingresses; null writes none, unless <see cref="PublishStatusAddresses"/> has any.</summary>
    public NamespacedName? PublishService { get; set; }

    /// <summary>The addresses (IP addresses or host names) to write into the status of Ingresses; they go before those of <see cref="PublishService"/>.</summary>
    public IList<string> PublishStatusAddresses { get; } = [];

    /// <summary>The name of the Lease that decides which replica writes; null makes one of the controller's name.</summary>
    public string? ElectionId { get; set; }

    /// <summary>The name of this Pod, for the Lease and events; null takes <c>$POD_NAME</c>, then the name of the machine.</summary>
    public string? PodName { get; set; }

    /// <summary>The namespace of this Pod and of the Lease; null takes <c>$POD_NAMESPACE</c>, then that of the ServiceAccount or of the context.</summary>
    public string? PodNamespace { get; set; }

    /// <summary>Sets everything in other options as it is here.</summary>
    internal void CopyTo(KubernetesOptions other)
    {
        other.KubeconfigFile = KubeconfigFile;
        other.Context = Context;
        other.WatchNamespaceSelector = WatchNamespaceSelector;
        other.IngressClass = IngressClass;
        other.PublishService = PublishService;
        other.ElectionId = ElectionId;
        other.PodName = PodName;
        other.PodNamespace = PodNamespace;
        WatchNamespaces.ToList().ForEach(other.WatchNamespaces.Add);
        PublishStatusAddresses.ToList().ForEach(other.PublishStatusAddresses.Add);
    }
}
