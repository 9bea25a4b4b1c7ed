using Ingress.Routing.Policies;

namespace Ingress.Routing;

/// <summary>What belongs to a host, whatever the path. Immutable; hosts that differ in nothing share one.</summary>
/// <param name="DefaultBackend">The host-scoped default backend (D14, step 2), if there is one.</param>
/// <param name="Policies">The policies.</param>
internal sealed record HostScope(IngressRoute? DefaultBackend, HostPolicies Policies)
{
    /// <summary>The scope of a host about which nothing is said.</summary>
    public static HostScope None { get; } = new(null, HostPolicies.None);
}
