using System.Collections.Immutable;

namespace Ingress.Routing.Model;

/// <summary>What is kept of the <c>metadata</c> of an object: as stored, right or wrong.</summary>
public sealed record ObjectMetadata
{
    /// <summary>The name; null when none was written.</summary>
    public string? Name { get; init; }

    /// <summary>What the API server would make a name of; null when none was written. It gives no name here.</summary>
    public string? GenerateName { get; init; }

    /// <summary>The namespace; null or empty when none was written, which means <c>default</c> (D4).</summary>
    public string? Namespace { get; init; }

    /// <summary>The unique id that the API server gave the object.</summary>
    public string? Uid { get; init; }

    /// <summary>The version of the object in the API server's store; opaque.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Grows when the <c>spec</c> changes (semantics 1.19).</summary>
    public long? Generation { get; init; }

    /// <summary>When the object was created; null counts as the zero time, 0001-01-01T00:00:00Z (D4).</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>The labels, by key.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The annotations, by key.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The objects that this one belongs to.</summary>
    public IReadOnlyList<OwnerReference> OwnerReferences { get; init; } = [];

    /// <summary>What has to happen before the object may be deleted.</summary>
    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>The identity of a namespaced object.</summary>
    public NamespacedName NamespacedName => new(Namespace, Name);
}
