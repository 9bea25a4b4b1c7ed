namespace Ingress.Routing.Model;

/// <summary>What serves a path: a Service or another resource, exactly one of the two when valid.</summary>
public sealed record IngressBackend
{
    /// <summary>A Service of the same namespace.</summary>
    public IngressServiceBackend? Service { get; init; }

    /// <summary>Another object of the same namespace.</summary>
    public TypedLocalObjectReference? Resource { get; init; }

    /// <summary>Names a Service by port number.</summary>
    /// <param name="name">The Service.</param>
    /// <param name="port">The number of the Service port.</param>
    public static IngressBackend ForService(string name, int port)
        => new() { Service = new() { Name = name, Port = new() { Number = port } } };

    /// <summary>Names a Service by port name.</summary>
    /// <param name="name">The Service.</param>
    /// <param name="portName">The name of the Service port.</param>
    public static IngressBackend ForService(string name, string portName)
        => new() { Service = new() { Name = name, Port = new() { Name = portName } } };
}
