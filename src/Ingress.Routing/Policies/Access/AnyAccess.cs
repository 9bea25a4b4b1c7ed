using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Lets a request in when one of several policies does, instead of all of them.</summary>
/// <remarks>
/// They are asked in their order, and the first that lets the request in decides. When none does, the answer is 401 if one of them asks who the
/// client is, and 403 otherwise. A list of refused addresses alone lets no request in; it only refuses.
/// </remarks>
/// <param name="Policies">The policies, of the stages <see cref="PolicyStage.Address"/> and <see cref="PolicyStage.Authentication"/>, in their order.</param>
public sealed record AnyAccess(ImmutableArray<RoutePolicy> Policies) : RoutePolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Authentication;

    /// <inheritdoc />
    public override bool UsesRoutePath => Policies.Any(static policy => policy.UsesRoutePath);

    /// <inheritdoc />
    public override string Describe() => $"one of these is enough: {string.Join("; or ", Policies.Select(static policy => policy.Describe()))}";

    /// <inheritdoc />
    public bool Equals(AnyAccess? other) => other is not null && Policies.AsSpan().SequenceEqual(other.Policies.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Policies.Length, Policies.FirstOrDefault());
}
