using Ingress.Routing.Matching;

namespace Ingress.Routing.Comparison;

/// <summary>Hosts that no rule of the tables looked at tells apart: whatever one of them is answered, all are.</summary>
/// <remarks>
/// Unknown names, IP literals and requests without a host are one region, since all of them can only reach the rules for all hosts and
/// the same default backends (semantics 3.5, D13, D14). Immutable and thread-safe.
/// </remarks>
public sealed class HostRegion
{
    /// <summary>The <see cref="Pattern"/> of the region that holds all other hosts.</summary>
    public const string AnyHost = "*";

    private readonly HostPartition _partition;

    internal HostRegion(HostPartition partition, HostRegionKind kind, string pattern, IReadOnlyList<string> except, string witness)
    {
        _partition = partition;
        Kind = kind;
        Pattern = pattern;
        Except = except;
        Witness = witness;
    }

    /// <summary>What kind of region it is.</summary>
    public HostRegionKind Kind { get; }

    /// <summary>The name, the wildcard host such as <c>*.example.com</c>, or <see cref="AnyHost"/>.</summary>
    public string Pattern { get; }

    /// <summary>The names and wildcard hosts that <see cref="Pattern"/> would take but for having regions of their own, by name.</summary>
    public IReadOnlyList<string> Except { get; }

    /// <summary>A host of the region.</summary>
    public string Witness { get; }

    /// <summary>Whether the region holds a host.</summary>
    /// <param name="host">The <c>Host</c> header as received; null or empty when there was none.</param>
    /// <returns>False for a malformed host, which is answered with 400 whatever the rules are.</returns>
    public bool Contains(string? host) => RequestHost.TryRead(host, out var canonical) && Contains(canonical);

    /// <summary>Returns the region in words.</summary>
    public override string ToString() => Kind switch
    {
        HostRegionKind.Exact => Pattern,
        HostRegionKind.Wildcard => Except.Count == 0 ? Pattern : $"{Pattern} (except {Enumeration.Of(Except)})",
        _ => Except.Count == 0 ? "every host" : "every other host",
    };

    /// <summary>Whether one of some regions, all of the same partition, holds a host.</summary>
    internal static bool AnyContains(IReadOnlyList<HostRegion> regions, RequestHost host)
        => regions.Contains(regions[0]._partition.Find(host));

    private bool Contains(RequestHost host) => ReferenceEquals(_partition.Find(host), this);
}
