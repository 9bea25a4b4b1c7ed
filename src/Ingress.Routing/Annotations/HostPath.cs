namespace Ingress.Routing.Annotations;

/// <summary>One path of a host, as a <see cref="PathReader"/> sees it. Immutable.</summary>
/// <param name="Ingress">The Ingress.</param>
/// <param name="Text">The path as written; <c>/</c> when none is.</param>
/// <param name="Type">The path type.</param>
/// <param name="Requested">What the Ingress gave to <see cref="PolicyContext.ReadPaths"/>; null when it asks for nothing, or for another reader.</param>
public sealed record HostPath(NamespacedName Ingress, string Text, PathType Type, object? Requested);
