namespace Ingress.Routing.Model;

/// <summary>One endpoint of a slice.</summary>
public sealed record EndpointSliceEndpoint
{
    /// <summary>The addresses of the endpoint; all of them reach the same process, so only the first is used.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Whether the endpoint takes requests; null means yes (semantics 13.2).</summary>
    public bool? Ready { get; init; }

    /// <summary>Whether the endpoint can take requests, be it on its way out or not; null means yes.</summary>
    public bool? Serving { get; init; }

    /// <summary>Whether the endpoint is on its way out; null means no. It is used while it serves and none is ready (semantics 13.2).</summary>
    public bool? Terminating { get; init; }
}
