namespace Ingress.Routing.Model;

/// <summary>A Secret that holds a certificate and its key (semantics 1.15).</summary>
/// <remarks>Neither <see cref="ToString"/> nor any diagnostic ever shows the key.</remarks>
public sealed record TlsSecret : KubernetesResource
{
    /// <inheritdoc />
    public override string Kind => "Secret";

    /// <summary>The type of the Secret, normally <c>kubernetes.io/tls</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The text of <c>tls.crt</c>: the certificate first, then its intermediates, in PEM; null when missing.</summary>
    public string? CertificatePem { get; init; }

    /// <summary>The text of <c>tls.key</c> in PEM; null when missing.</summary>
    public string? KeyPem { get; init; }

    /// <summary>Returns how diagnostics name the Secret, and nothing of its content.</summary>
    public override string ToString() => Reference.ToString();
}
