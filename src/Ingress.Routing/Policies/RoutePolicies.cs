using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>The policies of a route, in the order in which they take effect. Immutable; compared by content.</summary>
public sealed class RoutePolicies : IEquatable<RoutePolicies>
{
    private readonly ImmutableArray<RoutePolicy> _policies;

    private RoutePolicies(ImmutableArray<RoutePolicy> policies) => _policies = policies;

    /// <summary>No policies, as most routes have.</summary>
    public static RoutePolicies None { get; } = new([]);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _policies.IsEmpty;

    /// <summary>All of them, in the order in which they take effect.</summary>
    public IReadOnlyList<RoutePolicy> All => _policies;

    /// <summary>Whether the route answers 503, because something that protects it cannot be understood.</summary>
    public bool IsClosed => Find<ClosedRoute>() is not null;

    /// <summary>Puts policies in order.</summary>
    /// <param name="policies">At most one of each type.</param>
    /// <exception cref="ArgumentNullException"><paramref name="policies"/> is null.</exception>
    /// <exception cref="ArgumentException">There are two of one type.</exception>
    public static RoutePolicies Of(params IEnumerable<RoutePolicy> policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        RoutePolicy[] sorted = [.. policies];
        Array.Sort(sorted, Compare);
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].GetType() == sorted[i - 1].GetType())
            {
                throw new ArgumentException("A route has at most one policy of each type.", nameof(policies));
            }
        }

        return sorted.Length == 0 ? None : new([.. sorted]);
    }

    private static int Compare(RoutePolicy one, RoutePolicy other)
    {
        var byStage = one.Stage.CompareTo(other.Stage);
        return byStage != 0 ? byStage : string.CompareOrdinal(one.GetType().FullName, other.GetType().FullName);
    }

    /// <summary>The Service ports that the policies send requests to.</summary>
    internal IEnumerable<ServiceReference> Services => _policies.SelectMany(static policy => policy.Services);

    /// <summary>The policy of one type; null when there is none.</summary>
    /// <typeparam name="T">The exact type.</typeparam>
    public T? Find<T>()
        where T : RoutePolicy
    {
        foreach (var policy in _policies)
        {
            if (policy is T found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The policy of one type, also when it is one of several of which one is enough (<see cref="AnyAccess"/>); null when there is none.</summary>
    /// <typeparam name="T">The exact type.</typeparam>
    public T? FindAccess<T>()
        where T : RoutePolicy
        => Find<T>() ?? Find<AnyAccess>()?.Policies.OfType<T>().FirstOrDefault();

    /// <summary>Works out what all policies together do with a request, as far as the request alone decides that.</summary>
    /// <param name="request">The request.</param>
    /// <returns>
    /// The first answer; else the last rewrite; else that the request goes on unchanged. Policies that need the address of the client are passed
    /// over when the request has none.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var outcome = PolicyOutcome.Continue;
        foreach (var policy in _policies.OfType<RequestPolicy>())
        {
            if (policy.UsesClientAddress && request.ClientAddress is null)
            {
                continue;
            }

            var next = policy.Evaluate(request);
            if (next.IsAnswer)
            {
                return next;
            }

            outcome = next.Target is null ? outcome : next;
        }

        return outcome;
    }

    /// <inheritdoc />
    public bool Equals(RoutePolicies? other)
        => ReferenceEquals(this, other) || (other is not null && _policies.AsSpan().SequenceEqual(other._policies.AsSpan()));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as RoutePolicies);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var policy in _policies)
        {
            hash.Add(policy);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns what they do, in their order.</summary>
    public override string ToString() => string.Join("; ", _policies.Select(static policy => policy.Describe()));
}
