using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>What an annotation refers to: an object, or why there is none.</summary>
/// <typeparam name="T">The kind of the object.</typeparam>
/// <param name="Name">The object that is meant; the default value when the text is no name.</param>
/// <param name="Value">The object; null exactly when there is a problem.</param>
/// <param name="Problem">
/// Why there is none, as a sentence without its full stop, for <see cref="PolicyBuilder.Refuse{T}(string, ReferencedObject{T}, PolicyContext)"/>.
/// </param>
public readonly record struct ReferencedObject<T>(NamespacedName Name, T? Value, string? Problem)
    where T : KubernetesResource
{
    /// <summary>Whether the reference is right, and there merely is no such object, which may come any time.</summary>
    public bool IsMissing => Value is null && Name != default;
}
