namespace Ingress.Routing;

/// <summary>Why a Service port has, or has not, anywhere to send requests.</summary>
public enum DestinationStatus
{
    /// <summary>At least one destination is ready.</summary>
    Ready,

    /// <summary>There is no such Service in the namespace of the Ingress.</summary>
    ServiceNotFound,

    /// <summary>The Service has no such port.</summary>
    PortNotFound,

    /// <summary>The Service only names an external host, which is refused (semantics 13.2).</summary>
    ExternalName,

    /// <summary>No endpoint of the Service is ready.</summary>
    NoReadyEndpoints,
}
