using Ingress.Routing.Model;

namespace Ingress.Routing.Annotations;

/// <summary>The weight that annotations ask for a Service of the same namespace. A value.</summary>
/// <param name="Service">The name of the Service.</param>
/// <param name="Port">Its port; null for the port of the rule.</param>
/// <param name="Weight">Its share, compared with those of the others; not negative.</param>
public sealed record RequestedWeight(string Service, ServiceBackendPort? Port, int Weight);
