namespace Ingress.Routing;

/// <summary>One of several Services among which the requests of a route are shared. A value.</summary>
/// <param name="Service">The Service port.</param>
/// <param name="Weight">Its share, compared with those of the others. Zero takes nothing.</param>
public sealed record WeightedBackend(ServiceReference Service, int Weight);
