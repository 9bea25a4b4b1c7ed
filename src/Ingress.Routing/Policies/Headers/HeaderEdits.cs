using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Changes of headers, in their order. Immutable; compared by content.</summary>
public abstract record HeaderEdits : RoutePolicy
{
    private protected HeaderEdits(ImmutableArray<HeaderEdit> edits) => Edits = edits;

    /// <summary>The changes, in the order in which they are made.</summary>
    public ImmutableArray<HeaderEdit> Edits { get; }

    /// <inheritdoc />
    public virtual bool Equals(HeaderEdits? other)
        => other is not null && EqualityContract == other.EqualityContract && Edits.AsSpan().SequenceEqual(other.Edits.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => Edits.Aggregate(0, static (hash, edit) => HashCode.Combine(hash, edit));
}
