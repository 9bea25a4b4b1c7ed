namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Names a cluster.</summary>
/// <param name="Service">The Service port.</param>
/// <param name="Traits">What the policies of routes ask of it.</param>
internal readonly record struct ClusterKey(ServiceReference Service, BackendTraits Traits);
