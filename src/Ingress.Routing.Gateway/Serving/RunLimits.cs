namespace Ingress.Routing.Gateway.Serving;

/// <summary>How much may be open at once; what is null has a default.</summary>
internal sealed record RunLimits
{
    public int? ClientConnections { get; init; }

    public int? BackendConnections { get; init; }

    public int? RequestsPerService { get; init; }

    public int? Hops { get; init; }
}
