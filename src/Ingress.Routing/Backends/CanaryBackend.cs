namespace Ingress.Routing;

/// <summary>A Service that takes some of the requests of a route, asked for by an Ingress of its own. A value.</summary>
/// <param name="Service">The Service port.</param>
/// <param name="Rule">Which requests it takes.</param>
/// <param name="Source">The Ingress that asks for it.</param>
/// <param name="Field">Where its path stands in that Ingress.</param>
public sealed record CanaryBackend(ServiceReference Service, CanaryRule Rule, NamespacedName Source, string Field);
