using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>What the Ingresses of one host ask for, and what comes of it (D23, D25).</summary>
/// <remarks>
/// The oldest one that asks for anything decides for its namespace, and the namespace of the oldest one of all decides for the host: a stranger
/// has no say (semantics 14.2).
/// </remarks>
internal readonly struct HostPolicyClaims
{
    private readonly string? _owner;
    private readonly Dictionary<string, HostPolicies>? _byNamespace;

    public HostPolicyClaims(PolicyDirectory policies, IEnumerable<IngressResource> claimants)
    {
        foreach (var ingress in claimants)
        {
            // A canary takes requests by the policies of others.
            if (!policies.HasRoutes(ingress))
            {
                continue;
            }

            _owner ??= ingress.Name.Namespace;
            if (policies.Of(ingress)?.Host is { } requested)
            {
                (_byNamespace ??= new(StringComparer.Ordinal)).TryAdd(ingress.Name.Namespace, requested);
            }
        }
    }

    /// <summary>What is in force for the host; null when those who decide say nothing.</summary>
    public HostPolicies? Decided => _owner is null ? null : OfNamespace(_owner);

    /// <summary>What would be in force for the host if it belonged to one namespace alone.</summary>
    public HostPolicies? OfNamespace(string @namespace) => _byNamespace?.GetValueOrDefault(@namespace);

    /// <summary>The hosts for whose policies an Ingress has a say; the empty one stands for all that no rule names.</summary>
    public static IEnumerable<string> HostsOf(IngressResource ingress)
        => ingress.Rules.Count == 0 ? [""] : ingress.Rules.Select(RuleClaim.HostOf).Distinct(StringComparer.Ordinal);
}
