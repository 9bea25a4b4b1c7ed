namespace Ingress.Routing.Gateway.Serving;

/// <summary>How much may be open at once, and how slow clients may be; what is null has a default.</summary>
internal sealed record RunLimits
{
    public int? ClientConnections { get; init; }

    public int? BackendConnections { get; init; }

    public int? Requests { get; init; }

    public int? RequestsPerClient { get; init; }

    public int? RequestsPerService { get; init; }

    public int? QueuedRequests { get; init; }

    /// <summary>In seconds; 0 sets no limit.</summary>
    public int? BodyTimeout { get; init; }

    public int? Hops { get; init; }

    /// <summary>The file that can change most of it; null for none.</summary>
    public string? File { get; init; }
}
