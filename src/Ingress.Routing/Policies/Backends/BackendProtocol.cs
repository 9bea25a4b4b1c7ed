namespace Ingress.Routing.Policies;

/// <summary>What is spoken with the backend, whatever its Service port says.</summary>
public sealed record BackendProtocol : RoutePolicy
{
    /// <summary>The protocol; null leaves it to the <c>appProtocol</c> of the Service port.</summary>
    public BackendProtocolKind? Kind { get; init; }

    /// <summary>Whether requests say HTTP/1.0. One whose length is not known is sent with HTTP/1.1: the old version has no chunks.</summary>
    public bool IsHttp10 { get; init; }

    /// <summary>Whether each connection serves one request.</summary>
    public bool ClosesConnections { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe()
    {
        var kind = Kind switch
        {
            BackendProtocolKind.Http => "HTTP",
            BackendProtocolKind.Https => "HTTPS",
            BackendProtocolKind.Auto => "the scheme of the request",
            BackendProtocolKind.Grpc => "HTTP/2 without TLS (gRPC)",
            BackendProtocolKind.Grpcs => "HTTP/2 over TLS (gRPC)",
            _ => "the protocol of its port",
        };
        return $"speak {kind} with the backend{(IsHttp10 ? ", as HTTP/1.0" : "")}{(ClosesConnections ? ", one request a connection" : "")}";
    }

    /// <summary>What is spoken for one request.</summary>
    /// <param name="scheme">The scheme of the request.</param>
    /// <returns>The protocol, never <see cref="BackendProtocolKind.Auto"/>; null leaves it to the Service port.</returns>
    public BackendProtocolKind? KindFor(string scheme)
        => Kind != BackendProtocolKind.Auto ? Kind : scheme == Uri.UriSchemeHttps ? BackendProtocolKind.Https : BackendProtocolKind.Http;
}
