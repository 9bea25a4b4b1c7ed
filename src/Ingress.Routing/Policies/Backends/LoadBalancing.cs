using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>Which endpoint of the backend gets a request. Session affinity goes before it.</summary>
public sealed record LoadBalancing : RoutePolicy
{
    /// <summary>The algorithm, where no hash decides; null leaves it to the settings of the gateway.</summary>
    public LoadBalancingAlgorithm? Algorithm { get; init; }

    /// <summary>What is hashed: requests with the same text go to the same endpoint. Null hashes nothing.</summary>
    public PolicyTemplate? HashBy { get; init; }

    /// <summary>Among how many endpoints the requests with the same text are shared.</summary>
    public int HashSubset { get; init; } = 1;

    /// <summary>Whether the address of the Service itself gets all requests, and the cluster chooses the endpoint.</summary>
    public bool UsesServiceAddress { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe()
    {
        var how = this switch
        {
            { HashBy: { } key, HashSubset: 1 } => $"send equal {key} to one endpoint",
            { HashBy: { } key } => string.Create(CultureInfo.InvariantCulture, $"send equal {key} to {HashSubset} endpoints"),
            { Algorithm: LoadBalancingAlgorithm.RoundRobin } => "balance round robin",
            { Algorithm: LoadBalancingAlgorithm.PeakEwma } => "balance by latency (peak EWMA)",
            { Algorithm: LoadBalancingAlgorithm.PowerOfTwoChoices } => "balance by requests, of two drawn",
            { Algorithm: LoadBalancingAlgorithm.LeastRequests } => "balance by requests",
            { Algorithm: LoadBalancingAlgorithm.Random } => "balance at random",
            _ => null,
        };
        return UsesServiceAddress ? "send to the address of the Service" : how ?? "balance as the gateway does";
    }
}
