namespace Ingress.Routing.Model;

/// <summary>An object that another one belongs to, as <c>metadata.ownerReferences</c> names it.</summary>
public sealed record OwnerReference
{
    /// <summary>The <c>apiVersion</c> of the owner.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind of the owner.</summary>
    public string? Kind { get; init; }

    /// <summary>The name of the owner.</summary>
    public string? Name { get; init; }

    /// <summary>The unique id of the owner.</summary>
    public string? Uid { get; init; }

    /// <summary>Whether the owner is the controller of the object; null means no. At most one is.</summary>
    public bool? Controller { get; init; }
}
