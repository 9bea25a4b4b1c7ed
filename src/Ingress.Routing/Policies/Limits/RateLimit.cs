using System.Collections.Immutable;
using System.Net;

namespace Ingress.Routing.Policies;

/// <summary>Limits how often clients may ask.</summary>
/// <remarks>
/// A bucket of <see cref="Burst"/> tokens that is refilled at the rate; a request without a token is answered at once. All routes of an
/// Ingress share the buckets. Each process counts for itself.
/// </remarks>
public sealed record RateLimit : RoutePolicy
{
    /// <summary>How many requests a client may make in each <see cref="Period"/>, on average. Positive.</summary>
    public required int Requests { get; init; }

    /// <summary>One second, or one minute.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>How many requests may come at once. Positive.</summary>
    public required int Burst { get; init; }

    /// <summary>What counts as one client.</summary>
    public RateLimitKey Key { get; init; } = RateLimitKey.ClientAddress;

    /// <summary>The networks whose clients are not limited.</summary>
    public ImmutableArray<IPNetwork> Exempt { get; init; } = [];

    /// <summary>The status of a request that comes too early. The default is 429.</summary>
    public int Status { get; init; } = 429;

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Limit;

    /// <summary>Whether an address is not limited.</summary>
    /// <param name="address">The address of the client; null when it is unknown.</param>
    public bool IsExempt(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        foreach (var network in Exempt)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public override string Describe()
    {
        var exempt = Exempt.IsEmpty ? "" : $", except {string.Join(", ", Exempt)}";
        return $"at most {Requests} requests a {(Period == TimeSpan.FromSeconds(1) ? "second" : "minute")} for each {Key}, {Burst} at once, else {Status}{exempt}";
    }

    /// <inheritdoc />
    public bool Equals(RateLimit? other)
        => other is not null
            && (Requests, Period, Burst, Status) == (other.Requests, other.Period, other.Burst, other.Status)
            && Key == other.Key
            && Exempt.AsSpan().SequenceEqual(other.Exempt.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Requests, Period, Burst, Status, Key, Exempt.Length);
}
