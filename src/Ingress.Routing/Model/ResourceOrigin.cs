namespace Ingress.Routing.Model;

/// <summary>Knows where an object and each of its fields were written.</summary>
/// <remarks>Implementations are immutable and thread-safe.</remarks>
public abstract class ResourceOrigin
{
    /// <summary>Where a field stands.</summary>
    /// <param name="fieldPath">
    /// A field path as the API server writes it, such as <c>spec.rules[0].http.paths[2].path</c>; empty for the object itself.
    /// </param>
    /// <returns>
    /// The position of the field. A field that was not written stands where its nearest written parent does, so there is
    /// always an answer.
    /// </returns>
    public abstract SourceLocation Locate(string fieldPath);
}
