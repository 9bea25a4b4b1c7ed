namespace Ingress.Routing.Model;

/// <summary>The object that an IngressClass names for its settings (semantics 1.18).</summary>
public sealed record IngressClassParameters
{
    /// <summary>The API group; null for the core group, which differs from empty.</summary>
    public string? ApiGroup { get; init; }

    /// <summary>The kind.</summary>
    public string? Kind { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary><c>Cluster</c> or <c>Namespace</c>; null means <c>Cluster</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>The namespace of the object; only with scope <c>Namespace</c>.</summary>
    public string? Namespace { get; init; }
}
