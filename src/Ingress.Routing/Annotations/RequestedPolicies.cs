using System.Collections.Immutable;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What the annotations of one Ingress ask for. Immutable.</summary>
/// <param name="Route">For its routes.</param>
/// <param name="Tls">For its hosts; null when they ask for nothing.</param>
internal sealed record RequestedPolicies(RoutePolicies Route, TlsSettings? Tls)
{
    /// <summary>What the settings for its hosts come to; null until they are resolved, and when there are none.</summary>
    public HostPolicies? Host { get; init; }

    /// <summary>Which requests its paths take.</summary>
    public RouteConditions Conditions { get; init; } = RouteConditions.None;

    /// <summary>How requests are shared among Services; null when they are not.</summary>
    public IReadOnlyList<RequestedWeight>? Weights { get; init; }

    /// <summary>How it asks for its paths to be read; null when they are literal text.</summary>
    public RequestedPaths? Paths { get; init; }

    /// <summary>Hosts besides those of its rules.</summary>
    public ImmutableArray<AddedHost> AddedHosts { get; init; } = [];

    /// <summary>What answers requests for <c>/</c> of its hosts before any path is asked; null for nothing.</summary>
    public RequestPolicy? Root { get; init; }

    /// <summary>The objects that were looked for, whether they exist or not: when one of them changes, this may too.</summary>
    public ImmutableArray<ResourceReference> References { get; init; } = [];

    /// <summary>What it takes as a canary; null when it is none.</summary>
    public RequestedCanary? Canary { get; init; }

    /// <summary>Whether both ask for the same, of whatever objects they know it, and whatever became of the settings for hosts.</summary>
    public bool AsksLike(RequestedPolicies? other) => other is not null && this with { References = other.References, Host = other.Host } == other;
}
