using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What the annotations of one Ingress ask for. Immutable.</summary>
/// <param name="Route">For its routes.</param>
/// <param name="Tls">For its hosts; null when they ask for nothing.</param>
internal sealed record RequestedPolicies(RoutePolicies Route, TlsSettings? Tls);
