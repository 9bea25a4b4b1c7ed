namespace Ingress.Routing.Forwarding;

/// <summary>Decides where the requests for a Service port go, in place of its ready endpoints.</summary>
/// <remarks>
/// Registered as a service by the host application; with several, the first one that names a target decides. It is asked when a Service
/// port is first requested, and again with every route table that may know something else of its Service. Must be thread-safe, and quick:
/// publishing waits for it.
/// </remarks>
public interface IServiceTargetProvider
{
    /// <summary>Finds the target of a Service port.</summary>
    /// <param name="destinations">The Service port, and what the route table knows of it.</param>
    /// <returns>The target; null leaves the Service port to its ready endpoints.</returns>
    ServiceTarget? FindTarget(ServiceDestinations destinations);
}
