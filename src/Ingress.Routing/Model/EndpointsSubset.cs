namespace Ingress.Routing.Model;

/// <summary>One subset of an Endpoints object: addresses that have the same ports.</summary>
public sealed record EndpointsSubset
{
    /// <summary>The addresses that take requests.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The addresses that do not.</summary>
    public IReadOnlyList<string> NotReadyAddresses { get; init; } = [];

    /// <summary>The ports of every address of the subset.</summary>
    public IReadOnlyList<EndpointSlicePort> Ports { get; init; } = [];
}
