namespace Ingress.Routing.Explanation;

/// <summary>Whether requests are sent to an endpoint, and if not, why.</summary>
public enum EndpointOutcome
{
    /// <summary>It takes requests.</summary>
    Ready,

    /// <summary>It is not ready.</summary>
    NotReady,

    /// <summary>Its slice does not have the port of the Service.</summary>
    PortMissing,

    /// <summary>Its address is malformed or may not be used (INGR095).</summary>
    AddressRefused,

    /// <summary>It is on its way out and takes requests all the same, because none is ready.</summary>
    Terminating,
}
