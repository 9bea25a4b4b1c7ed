namespace Ingress.Routing.Model;

/// <summary>One port of a Service.</summary>
public sealed record ServicePort
{
    /// <summary>The name; null or empty for the only port of a Service.</summary>
    public string? Name { get; init; }

    /// <summary>The number that an Ingress refers to.</summary>
    public int Port { get; init; }

    /// <summary><c>TCP</c> when null.</summary>
    public string? Protocol { get; init; }

    /// <summary>What is spoken on the port: <c>kubernetes.io/h2c</c>, for instance, for HTTP/2 without TLS.</summary>
    public string? AppProtocol { get; init; }
}
