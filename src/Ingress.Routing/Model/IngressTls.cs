namespace Ingress.Routing.Model;

/// <summary>One TLS entry: a certificate and the hosts it is meant for (semantics 1.13).</summary>
public sealed record IngressTls
{
    /// <summary>The hosts; empty when the names of the certificate decide.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>A Secret of the same namespace; null or empty for the default certificate.</summary>
    public string? SecretName { get; init; }
}
