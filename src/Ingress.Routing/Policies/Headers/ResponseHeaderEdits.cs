using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Changes the headers that the client gets.</summary>
public sealed record ResponseHeaderEdits : HeaderEdits
{
    /// <summary>Creates the changes.</summary>
    /// <param name="edits">In the order in which they are made.</param>
    public ResponseHeaderEdits(ImmutableArray<HeaderEdit> edits)
        : base(edits)
    {
    }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.ResponseHeaders;

    /// <inheritdoc />
    public override string Describe() => $"response headers: {string.Join(", ", Edits)}";
}
