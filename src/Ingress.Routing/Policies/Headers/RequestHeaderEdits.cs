using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Changes the headers that the backend gets.</summary>
public sealed record RequestHeaderEdits : HeaderEdits
{
    /// <summary>Creates the changes.</summary>
    /// <param name="edits">In the order in which they are made.</param>
    public RequestHeaderEdits(ImmutableArray<HeaderEdit> edits)
        : base(edits)
    {
    }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.RequestHeaders;

    /// <inheritdoc />
    public override string Describe() => $"request headers: {string.Join(", ", Edits)}";
}
