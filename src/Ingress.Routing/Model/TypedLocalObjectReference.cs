namespace Ingress.Routing.Model;

/// <summary>Names an object of the same namespace by group, kind and name (semantics 1.12).</summary>
public sealed record TypedLocalObjectReference
{
    /// <summary>The API group; null for the core group, which differs from empty.</summary>
    public string? ApiGroup { get; init; }

    /// <summary>The kind.</summary>
    public string? Kind { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }
}
