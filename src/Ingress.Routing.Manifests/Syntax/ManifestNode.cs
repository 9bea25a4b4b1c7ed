namespace Ingress.Routing.Manifests.Syntax;

/// <summary>One value of a document: a scalar, a list or a mapping. Immutable once its document is read.</summary>
/// <remarks>An alias is not a node of its own: it is the anchored node in a second place, so that aliases cost nothing.</remarks>
internal abstract class ManifestNode(Position position)
{
    /// <summary>Where the value begins.</summary>
    public Position Position { get; } = position;

    /// <summary>How many nodes there are here and below, with every alias written out.</summary>
    public virtual int Size => 1;

    /// <summary>How many levels there are below, with every alias written out.</summary>
    public virtual int Height => 0;

    /// <summary>Whether a key was written twice, here or below.</summary>
    public virtual bool HasRepeatedKeys => false;

    /// <summary>What the value is called in a message.</summary>
    public abstract string Description { get; }
}
