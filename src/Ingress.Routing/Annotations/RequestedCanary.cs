namespace Ingress.Routing.Annotations;

/// <summary>That an Ingress is a canary: it has no routes of its own. A value.</summary>
/// <param name="Rule">Which requests it takes from others; null when that cannot be understood, and it takes none.</param>
internal sealed record RequestedCanary(CanaryRule? Rule);
