namespace Ingress.Routing.Policies;

/// <summary>How an endpoint is chosen.</summary>
public enum LoadBalancingAlgorithm
{
    /// <summary>One after the other.</summary>
    RoundRobin,

    /// <summary>The one of two drawn that has answered faster of late, in proportion to what it is doing (peak EWMA).</summary>
    PeakEwma,

    /// <summary>The one of two drawn that has fewer requests.</summary>
    PowerOfTwoChoices,

    /// <summary>The one with the fewest requests.</summary>
    LeastRequests,

    /// <summary>Any.</summary>
    Random,
}
