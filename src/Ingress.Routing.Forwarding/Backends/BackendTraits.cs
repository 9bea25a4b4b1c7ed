using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>What sets clusters of one Service port apart, because YARP fixes it for the life of a cluster.</summary>
/// <param name="Protocol">What is spoken; null leaves it to the Service port.</param>
/// <param name="UsesServiceAddress">Whether the address of the Service itself gets the requests.</param>
/// <param name="HasTimeouts">Whether the policies of the route say how long to wait, so that YARP must not.</param>
/// <param name="Health">What the policies of the route say about the health of endpoints; null leaves it to the options.</param>
internal readonly record struct BackendTraits(BackendProtocolKind? Protocol, bool UsesServiceAddress, bool HasTimeouts, HealthPlan? Health)
{
    /// <summary>What tells the cluster apart from the one without policies; empty for that.</summary>
    public string Suffix
        => (Protocol is { } protocol ? $"/{protocol}" : "") + (UsesServiceAddress ? "/service" : "") + (HasTimeouts ? "/patient" : "") + Health?.Suffix;
}
