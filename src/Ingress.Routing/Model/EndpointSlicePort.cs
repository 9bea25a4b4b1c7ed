namespace Ingress.Routing.Model;

/// <summary>One port of the endpoints of a slice.</summary>
public sealed record EndpointSlicePort
{
    /// <summary>The name, equal to that of the Service port; null or empty for the only port.</summary>
    public string? Name { get; init; }

    /// <summary>The number at the endpoint; null stands for all ports, which no request can use.</summary>
    public int? Port { get; init; }

    /// <summary><c>TCP</c> when null.</summary>
    public string? Protocol { get; init; }

    /// <summary>What is spoken on the port; the Service port's own value goes first.</summary>
    public string? AppProtocol { get; init; }
}
