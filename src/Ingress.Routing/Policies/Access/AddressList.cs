using System.Collections.Immutable;
using System.Net;

namespace Ingress.Routing.Policies;

/// <summary>Lets clients in by their address, and answers 403 to the others.</summary>
/// <remarks>
/// The address is that of the connection, or what a trusted proxy says. A client whose address is unknown is not let in. With other ways to
/// be let in (passwords, an external service), this is one of the ways: ask <see cref="Admits"/>.
/// </remarks>
public sealed record AddressList : RequestPolicy
{
    /// <summary>The networks that are let in; empty lets all in that are not in <see cref="Denied"/>.</summary>
    public ImmutableArray<IPNetwork> Allowed { get; init; } = [];

    /// <summary>The networks that are not let in. They go before <see cref="Allowed"/>.</summary>
    public ImmutableArray<IPNetwork> Denied { get; init; } = [];

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Address;

    /// <inheritdoc />
    public override bool UsesClientAddress => true;

    /// <summary>Whether a client is let in.</summary>
    /// <param name="address">Its address; null when it is unknown.</param>
    public bool Admits(IPAddress? address)
        => address is not null && !Networks.Contain(Denied, address) && (Allowed.IsEmpty || Networks.Contain(Allowed, address));

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Admits(request.ClientAddress) ? PolicyOutcome.Continue : PolicyOutcome.Answer(403);
    }

    /// <inheritdoc />
    public override string Describe()
        => $"let in {(Allowed.IsEmpty ? "all addresses" : string.Join(", ", Allowed))}{Networks.Describe(" but ", Denied)}, else 403";

    /// <inheritdoc />
    public bool Equals(AddressList? other)
        => other is not null && Allowed.AsSpan().SequenceEqual(other.Allowed.AsSpan()) && Denied.AsSpan().SequenceEqual(other.Denied.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Allowed.Length, Denied.Length, Allowed.FirstOrDefault(), Denied.FirstOrDefault());
}
