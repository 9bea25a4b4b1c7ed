namespace Ingress.Routing.Manifests.Syntax;

/// <summary>A single value.</summary>
internal sealed class ScalarNode(Position position, ScalarType type, string text, long integer = 0) : ManifestNode(position)
{
    public ScalarType Type { get; } = type;

    /// <summary>The value as written, without quotes and escapes.</summary>
    public string Text { get; } = text;

    /// <summary>The value of an <see cref="ScalarType.Integer"/>; 1 for true, 0 for false.</summary>
    public long Integer { get; } = integer;

    /// <summary>Whether nothing was written at all, as after a lone <c>key:</c>; such a value has no place of its own.</summary>
    public bool IsEmpty => Type == ScalarType.Null && Text.Length == 0;

    public override string Description => Type switch
    {
        ScalarType.Null => "null",
        ScalarType.Boolean => "a boolean",
        ScalarType.String => "a string",
        _ => "a number",
    };
}
