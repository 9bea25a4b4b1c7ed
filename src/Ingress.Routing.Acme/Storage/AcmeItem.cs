namespace Ingress.Routing.Acme;

/// <summary>Something that is kept. Immutable.</summary>
public sealed record AcmeItem
{
    /// <summary>What it is.</summary>
    public required AcmeItemKind Kind { get; init; }

    /// <summary>Its name, unique within its kind: at most 200 characters of <c>a-z</c>, <c>0-9</c>, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>JSON, which often has a private key in it; null when it cannot be read.</summary>
    public string? Content { get; init; }

    /// <summary>Why it cannot be read, or how its protection is weak, in words that end the sentence "it ..."; null when all is well.</summary>
    public string? Problem { get; init; }

    /// <summary>Returns kind and name, and nothing of the content.</summary>
    public override string ToString() => $"{Kind} '{Name}'";
}
