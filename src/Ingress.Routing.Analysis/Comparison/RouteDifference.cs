using Ingress.Routing.Matching;

namespace Ingress.Routing.Comparison;

/// <summary>Requests that one table answers in one way and the other in another. Immutable and thread-safe.</summary>
public sealed class RouteDifference
{
    private readonly IngressRouteTable _table;

    internal RouteDifference(
        IReadOnlyList<HostRegion> hosts,
        PathRegion paths,
        RequestAnswer before,
        RequestAnswer after,
        RequestWitness witness,
        IngressRouteTable table)
    {
        Hosts = hosts;
        Paths = paths;
        Before = before;
        After = after;
        Witness = witness;
        _table = table;
    }

    /// <summary>The hosts, of which every one is meant.</summary>
    public IReadOnlyList<HostRegion> Hosts { get; }

    /// <summary>The paths below each of them.</summary>
    public PathRegion Paths { get; }

    /// <summary>What the first table answers to <see cref="Witness"/>, and with another route perhaps, to all these requests.</summary>
    public RequestAnswer Before { get; }

    /// <summary>What the second table answers, in the same sense.</summary>
    public RequestAnswer After { get; }

    /// <summary>One of the requests.</summary>
    public RequestWitness Witness { get; }

    /// <summary>Whether a request is one of those meant.</summary>
    /// <param name="host">The <c>Host</c> header as received; null or empty when there was none.</param>
    /// <param name="target">The request target as received.</param>
    /// <returns>False for a malformed request, which both tables answer with 400.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    public bool Contains(string? host, string target)
    {
        ArgumentNullException.ThrowIfNull(target);

        // The table is only asked for the canonical path; both make the same of a target.
        var match = _table.Match(host, target);
        if (match.Status == IngressMatchStatus.BadRequest)
        {
            return false;
        }

        RequestTarget.TrySplit(target, out var authority, out _, out _);
        RequestHost.TryRead(authority.IsEmpty ? host : authority, out var canonical);
        return HostRegion.AnyContains(Hosts, canonical) && Paths.Contains(match.Path.ToString());
    }

    /// <summary>Returns the difference on one line.</summary>
    public override string ToString() => $"{Enumeration.Of(Hosts)}: {Paths}: {Before} -> {After}, for instance {Witness}";
}
