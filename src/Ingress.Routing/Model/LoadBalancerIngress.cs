namespace Ingress.Routing.Model;

/// <summary>One address at which an Ingress is served.</summary>
public sealed record LoadBalancerIngress
{
    /// <summary>The IP address, if there is one.</summary>
    public string? Ip { get; init; }

    /// <summary>The host name, if there is one.</summary>
    public string? Hostname { get; init; }

    /// <summary>The ports of the address.</summary>
    public IReadOnlyList<LoadBalancerPort> Ports { get; init; } = [];
}
