namespace Ingress.Routing.Policies;

/// <summary>What is spoken with a backend.</summary>
public enum BackendProtocolKind
{
    /// <summary>HTTP/1.1 without TLS.</summary>
    Http,

    /// <summary>HTTP over TLS; HTTP/2 where the backend offers it.</summary>
    Https,

    /// <summary>As the request came: <see cref="Https"/> when it came over TLS, <see cref="Http"/> otherwise.</summary>
    Auto,

    /// <summary>HTTP/2 without TLS, as gRPC wants it.</summary>
    Grpc,

    /// <summary>HTTP/2 over TLS, and nothing else.</summary>
    Grpcs,
}
