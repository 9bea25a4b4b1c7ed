namespace Ingress.Routing.Model;

/// <summary>One port of a published address.</summary>
public sealed record LoadBalancerPort
{
    /// <summary>The port number.</summary>
    public int Port { get; init; }

    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>What went wrong with the port, if anything did.</summary>
    public string? Error { get; init; }
}
