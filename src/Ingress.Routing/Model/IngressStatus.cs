namespace Ingress.Routing.Model;

/// <summary>The <c>status.loadBalancer</c> of an Ingress (semantics 1.16).</summary>
public sealed record IngressStatus
{
    /// <summary>A status without addresses.</summary>
    public static IngressStatus Empty { get; } = new();

    /// <summary>The published addresses.</summary>
    public IReadOnlyList<LoadBalancerIngress> LoadBalancer { get; init; } = [];
}
