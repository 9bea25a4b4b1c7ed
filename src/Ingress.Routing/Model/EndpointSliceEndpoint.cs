namespace Ingress.Routing.Model;

/// <summary>One endpoint of a slice.</summary>
public sealed record EndpointSliceEndpoint
{
    /// <summary>The addresses of the endpoint; all of them reach the same process, so only the first is used.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Whether the endpoint takes requests; null means yes (semantics 13.2).</summary>
    public bool? Ready { get; init; }
}
