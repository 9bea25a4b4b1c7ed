using Ingress.Routing.Matching;

namespace Ingress.Routing;

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

    /// <summary>What code says about a host; null when nothing.</summary>
    public TlsPolicy? FindConfigured(RequestHost host) => ConfiguredFor(host)?.Policy;

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
        if (rules.HasExact(host))
        {
            return fallback;
        }

        return Annotated.FindWildcard(host)?.Policy ?? (rules.HasWildcard(host) ? fallback : Others ?? fallback);
    }

    // A wildcard here stands for every name below, however many labels: nobody escapes a policy of the operator by naming a host. Names longer
    // than any that is configured are not even hashed.
    private TlsPolicyBucket? ConfiguredFor(RequestHost host)
    {
        if (configured.Count == 0)
        {
            return null;
        }

        var bucket = configured.FindExact(host);
        for (var name = host.Text; bucket is null && name.IndexOf('.') is > 0 and var dot; name = name[(dot + 1)..])
        {
            bucket = configured.FindCells(HostName.Wildcard(name[dot..])) is { } cells ? TlsPolicyBucket.FromCells(cells) : null;
        }

        return bucket;
    }
}
