namespace Ingress.Routing.AspNetCore;

/// <summary>Takes part in building the endpoint of each route: adds metadata, or serves it.</summary>
/// <remarks>Registered as a service, applied in the order of registration. Must be thread-safe.</remarks>
public interface IIngressEndpointConvention
{
    /// <summary>Changes the endpoint of one route. Called when the route is first requested; may be called again for the same route.</summary>
    /// <param name="endpoint">The endpoint being built.</param>
    void Apply(IngressEndpointContext endpoint);
}
