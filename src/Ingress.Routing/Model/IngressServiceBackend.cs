namespace Ingress.Routing.Model;

/// <summary>A Service and one of its ports, as an Ingress writes them.</summary>
public sealed record IngressServiceBackend
{
    /// <summary>The name of the Service.</summary>
    public string? Name { get; init; }

    /// <summary>The port; null when absent.</summary>
    public ServiceBackendPort? Port { get; init; }
}
