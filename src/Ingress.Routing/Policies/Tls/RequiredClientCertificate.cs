using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>
/// Serves a route only where clients are asked for certificates as its Ingress, and its neighbours of the same namespace, ask for it (D25). Another
/// Ingress that decides for the host opens nothing by that.
/// </summary>
/// <remarks>It takes effect with the TLS policy of the host: see <see cref="TlsPolicyEvaluator"/>.</remarks>
public sealed record RequiredClientCertificate : RoutePolicy
{
    internal RequiredClientCertificate(ImmutableArray<ClientCertificateRequirement> requirements) => Requirements = requirements;

    /// <summary>What is required: each once, and all of it.</summary>
    public ImmutableArray<ClientCertificateRequirement> Requirements { get; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.ClientCertificate;

    /// <inheritdoc />
    public override string Describe()
        => $"client certificates: {string.Join(" and ", Requirements.Select(static requirement => requirement.Mode.ToString().ToLowerInvariant()))}";

    /// <inheritdoc />
    public bool Equals(RequiredClientCertificate? other) => other is not null && Requirements.AsSpan().SequenceEqual(other.Requirements.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => Requirements.Aggregate(0, static (hash, requirement) => HashCode.Combine(hash, requirement));

    /// <summary>What some policies require together; null when that is nothing.</summary>
    internal static RequiredClientCertificate? Of(params IEnumerable<HostPolicies?> requested)
    {
        ImmutableArray<ClientCertificateRequirement> requirements =
        [
            .. requested
                .OfType<HostPolicies>()
                .Where(static policies => policies.Tls.ClientCertificates != ClientCertificateMode.None)
                .Select(static policies => new ClientCertificateRequirement(policies.Tls.ClientCertificates, policies.Tls.ClientTrust))
                .Distinct(),
        ];
        return requirements.IsEmpty ? null : new(requirements);
    }

    internal bool IsMetBy(TlsPolicy policy, bool isHandshakeOurs)
    {
        foreach (var requirement in Requirements)
        {
            if (!requirement.IsMetBy(policy, isHandshakeOurs))
            {
                return false;
            }
        }

        return true;
    }
}
