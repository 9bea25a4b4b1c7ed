using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>What policies say about the health of endpoints. A value; its hash is worked out once, because each request looks a cluster up by it.</summary>
internal sealed class HealthPlan : IEquatable<HealthPlan>
{
    private readonly int _hash;

    private HealthPlan(EndpointHealth? health, HealthProbe? probe, BackendTls? tls)
    {
        Health = health;
        Probe = probe;
        ProbeTls = tls;
        _hash = HashCode.Combine(health, probe, tls);
    }

    /// <summary>When endpoints are set aside; null leaves it to the options.</summary>
    public EndpointHealth? Health { get; }

    /// <summary>What they are asked; null asks them nothing.</summary>
    public HealthProbe? Probe { get; }

    /// <summary>How TLS is spoken for that.</summary>
    public BackendTls? ProbeTls { get; }

    /// <summary>What tells clusters apart, for people.</summary>
    public string Suffix => $"/health-{(uint)_hash:x8}";

    /// <summary>The plan of a route; null when its policies say nothing.</summary>
    public static HealthPlan? Of(IngressRoute route)
    {
        var health = route.Policies.Find<EndpointHealth>();
        var probe = route.Policies.Find<HealthProbe>();
        return health is null && probe is null ? null : new(health, probe, probe is null ? null : route.Policies.Find<BackendTls>());
    }

    /// <summary>How the client that asks connects.</summary>
    public ClientSettings ClientSettings => new(Probe?.Timeout, ProbeTls, TakesLargeHeaders: false) { KeepsNothing = true };

    public bool Equals(HealthPlan? other)
        => other is not null && (ReferenceEquals(this, other)
            || (_hash == other._hash && Equals(Health, other.Health) && Equals(Probe, other.Probe) && Equals(ProbeTls, other.ProbeTls)));

    public override bool Equals(object? obj) => Equals(obj as HealthPlan);

    public override int GetHashCode() => _hash;
}
