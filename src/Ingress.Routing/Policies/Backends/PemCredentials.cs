namespace Ingress.Routing.Policies;

/// <summary>A certificate with its key, as PEM. Compared by content, and never printed.</summary>
/// <param name="certificatePem">The certificate and its intermediates.</param>
/// <param name="keyPem">The private key.</param>
public sealed class PemCredentials(string certificatePem, string keyPem) : IEquatable<PemCredentials>
{
    /// <summary>The certificate and its intermediates.</summary>
    public string CertificatePem { get; } = certificatePem;

    /// <summary>The private key.</summary>
    public string KeyPem { get; } = keyPem;

    /// <inheritdoc />
    public bool Equals(PemCredentials? other) => other is not null && CertificatePem == other.CertificatePem && KeyPem == other.KeyPem;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PemCredentials);

    /// <inheritdoc />
    public override int GetHashCode() => CertificatePem.GetHashCode(StringComparison.Ordinal);

    /// <summary>Says nothing of what it holds.</summary>
    public override string ToString() => "(a certificate and its key)";
}
