using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>From a host to its TLS policy: one look-up for server names and for Host, so that the two cannot be judged differently (D18, D23).</summary>
/// <param name="configured">What code says about hosts; goes first.</param>
/// <param name="annotated">What annotations say about the hosts of rules; those without annotations are not in it.</param>
/// <param name="others">What annotations say about all other hosts; null when nothing.</param>
/// <param name="fallback">For everything else.</param>
internal sealed class TlsPolicySelector(
    HostTable<TlsPolicyBucket> configured, HostTable<TlsPolicyBucket> annotated, TlsPolicy? others, TlsPolicy fallback)
{
    public static readonly TlsPolicySelector Empty = new(HostTable<TlsPolicyBucket>.Empty, HostTable<TlsPolicyBucket>.Empty, null, TlsPolicy.Default);

    /// <summary>What annotations say about hosts.</summary>
    public HostTable<TlsPolicyBucket> Annotated { get; } = annotated;

    /// <summary>What annotations say about all other hosts.</summary>
    public TlsPolicy? Others { get; } = others;

    /// <summary>The policy of every host, when there is just one.</summary>
    public TlsPolicy? Only { get; } = configured.Count == 0 && annotated.Count == 0 && others is null ? fallback : null;

    /// <summary>Whether code says something about a host.</summary>
    public bool IsConfigured(RequestHost host) => ConfiguredFor(host) is not null;

    /// <param name="host">A canonical host; one that is no name stands for none.</param>
    /// <param name="rules">The hosts of rules.</param>
    public TlsPolicy Find(RequestHost host, HostTable<HostBucket> rules)
    {
        if (Only is { } only)
        {
            return only;
        }

        if (!host.IsName)
        {
            return Others ?? fallback;
        }

        if ((ConfiguredFor(host) ?? Annotated.FindExact(host)) is { } bucket)
        {
            return bucket.Policy;
        }

        // The policy is that of the bucket that takes the request, so an exact host without a policy hides the wildcard's (D5b).
        if (rules.FindExact(host) is not null)
        {
            return fallback;
        }

        return Annotated.FindWildcard(host)?.Policy ?? (rules.FindWildcard(host) is not null ? fallback : Others ?? fallback);
    }

    // A wildcard here stands for every name, whatever rules there are: nobody escapes a policy of the operator by naming a host.
    private TlsPolicyBucket? ConfiguredFor(RequestHost host)
        => configured.Count == 0 ? null : configured.FindExact(host) ?? configured.FindWildcard(host);
}
