using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Changes the headers that the client gets, as an object beside the Ingress says. They come before those of <see cref="ResponseHeaderEdits"/>.</summary>
public sealed record CustomResponseHeaders : HeaderEdits
{
    /// <summary>Creates the changes.</summary>
    /// <param name="edits">In the order in which they are made.</param>
    public CustomResponseHeaders(ImmutableArray<HeaderEdit> edits)
        : base(edits)
    {
    }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.ResponseHeaders;

    /// <inheritdoc />
    public override string Describe() => $"custom response headers: {string.Join(", ", Edits)}";
}
