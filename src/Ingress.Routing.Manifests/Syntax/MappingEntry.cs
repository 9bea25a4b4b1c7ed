namespace Ingress.Routing.Manifests.Syntax;

/// <summary>One key of a mapping with its value.</summary>
/// <param name="Key">The key as text; other keys became text as in the API server (<c>on</c> is <c>true</c>).</param>
/// <param name="KeyPosition">Where the key stands.</param>
/// <param name="Value">The value.</param>
/// <param name="IsMerged">Whether the entry came in through a merge key.</param>
internal readonly record struct MappingEntry(string Key, Position KeyPosition, ManifestNode Value, bool IsMerged = false)
{
    /// <summary>Where people look for the field: a single value at itself, a list or mapping at its key, which stands above it.</summary>
    public Position Position => Value is ScalarNode { IsEmpty: false } ? Value.Position : KeyPosition;
}
