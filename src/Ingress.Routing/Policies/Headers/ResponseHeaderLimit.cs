namespace Ingress.Routing.Policies;

/// <summary>Answers 502 in place of a backend whose answer has too large a header section.</summary>
/// <param name="Bytes">How large the status line and the headers may be together; positive.</param>
public sealed record ResponseHeaderLimit(long Bytes) : RoutePolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe() => $"take answers with at most {Bytes} bytes of headers, else 502";
}
