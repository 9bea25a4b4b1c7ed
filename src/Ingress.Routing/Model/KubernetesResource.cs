namespace Ingress.Routing.Model;

/// <summary>What all resources share: their metadata, and where they were written.</summary>
/// <remarks>
/// The model holds what was stored, also when it is wrong; only the compiler evaluates it. Resources are immutable. A source that
/// hands over an unchanged object hands over the same instance.
/// </remarks>
public abstract record KubernetesResource
{
    /// <summary>The <c>metadata</c> of the object.</summary>
    public required ObjectMetadata Metadata { get; init; }

    /// <summary>Where the object was written, when it came from a file; null otherwise.</summary>
    public ResourceOrigin? Origin { get; init; }

    /// <summary>The kind, as in <c>kind:</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The namespace and name; meaningless for a cluster-scoped kind.</summary>
    public NamespacedName Name => Metadata.NamespacedName;

    /// <summary>How diagnostics name this object.</summary>
    public virtual ResourceReference Reference => new(Kind, Name.Namespace, Name.Name);
}
