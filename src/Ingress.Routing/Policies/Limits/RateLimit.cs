using System.Collections.Immutable;
using System.Net;

namespace Ingress.Routing.Policies;

/// <summary>Limits how often clients may ask.</summary>
/// <remarks>
/// For each window a client has a bucket of <see cref="RateWindow.Burst"/> tokens that is refilled at the rate. A request takes one out of each;
/// where one bucket is empty it takes none, and is answered at once. All routes of an Ingress share the buckets. Each process counts for itself.
/// </remarks>
public sealed record RateLimit : RoutePolicy
{
    /// <summary>What a client may do; at least one. A request has to fit into all of them.</summary>
    public required ImmutableArray<RateWindow> Windows { get; init; }

    /// <summary>What counts as one client.</summary>
    public LimitKey Key { get; init; } = LimitKey.ClientAddress;

    /// <summary>The networks whose clients are not limited.</summary>
    public ImmutableArray<IPNetwork> Exempt { get; init; } = [];

    /// <summary>The status of a request that comes too early. The default is 429.</summary>
    public int Status { get; init; } = 429;

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Limit;

    /// <summary>Whether the client of an address is not limited.</summary>
    /// <param name="address">The address; null when it is unknown.</param>
    public bool IsExempt(IPAddress? address) => Networks.Contain(Exempt, address);

    /// <inheritdoc />
    public override string Describe()
    {
        var windows = Windows.Select(window => $"{window.Requests} requests a {window.Unit} for each {Key}, {window.Burst} at once");
        return $"at most {string.Join(", and ", windows)}, else {Status}{Networks.Describe(", except ", Exempt)}";
    }

    /// <inheritdoc />
    public bool Equals(RateLimit? other)
        => other is not null
            && Status == other.Status
            && Key == other.Key
            && Windows.AsSpan().SequenceEqual(other.Windows.AsSpan())
            && Exempt.AsSpan().SequenceEqual(other.Exempt.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Status, Key, Windows.Length, Windows[0], Exempt.Length);
}
