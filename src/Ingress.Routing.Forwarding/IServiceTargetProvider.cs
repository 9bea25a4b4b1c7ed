namespace Ingress.Routing.Forwarding;

/// <summary>Decides where the requests for a Service port go, in place of its ready endpoints.</summary>
/// <remarks>
/// Registered as a service by the host application; with several, the first one that names a target decides. Must be thread-safe and quick:
/// it is asked with every new route table and for requests in flight across one, and must answer the same for the same destinations.
/// </remarks>
public interface IServiceTargetProvider
{
    /// <summary>Finds the target of a Service port.</summary>
    /// <param name="destinations">The Service port, and what the route table knows of it.</param>
    /// <returns>The target; null leaves the Service port to its ready endpoints.</returns>
    ServiceTarget? FindTarget(ServiceDestinations destinations);
}
