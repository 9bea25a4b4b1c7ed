using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>A Namespace, for its labels. It is never handed on to routing.</summary>
internal sealed record NamespaceResource : KubernetesResource
{
    /// <inheritdoc />
    public override string Kind => "Namespace";
}
