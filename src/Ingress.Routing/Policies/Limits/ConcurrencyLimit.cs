using System.Collections.Immutable;
using System.Net;

namespace Ingress.Routing.Policies;

/// <summary>Limits how many requests of an Ingress are served at the same time.</summary>
/// <param name="Requests">How many; positive. All routes of the Ingress share them.</param>
/// <param name="Status">The status of one request too many.</param>
public sealed record ConcurrencyLimit(int Requests, int Status = 503) : RoutePolicy
{
    /// <summary>What counts as one client. The default is all clients of the Ingress together.</summary>
    public LimitKey Key { get; init; } = LimitKey.Ingress;

    /// <summary>The networks whose clients are not limited.</summary>
    public ImmutableArray<IPNetwork> Exempt { get; init; } = [];

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Limit;

    /// <summary>Whether the client of an address is not limited.</summary>
    /// <param name="address">The address; null when it is unknown.</param>
    public bool IsExempt(IPAddress? address) => Networks.Contain(Exempt, address);

    /// <inheritdoc />
    public override string Describe()
        => $"at most {Requests} requests at the same time{(Key.IsShared ? "" : $" for each {Key}")}, else {Status}{Networks.Describe(", except ", Exempt)}";

    /// <inheritdoc />
    public bool Equals(ConcurrencyLimit? other)
        => other is not null
            && (Requests, Status, Key) == (other.Requests, other.Status, other.Key)
            && Exempt.AsSpan().SequenceEqual(other.Exempt.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Requests, Status, Key, Exempt.Length);
}
