namespace Ingress.Routing.Model;

/// <summary>Names one object of any kind.</summary>
/// <param name="Kind">The kind, for instance <c>Ingress</c>.</param>
/// <param name="Namespace">The namespace; null for a cluster-scoped object.</param>
/// <param name="Name">The name; empty when the object has none.</param>
public readonly record struct ResourceReference(string Kind, string? Namespace, string Name)
{
    /// <summary>Returns <c>Kind/namespace/name</c>, or <c>Kind/name</c> for a cluster-scoped object.</summary>
    public override string ToString() => Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";
}
