using System.Security.Cryptography;
using Ingress.Routing.Model;

namespace Ingress.Routing.Comparison;

/// <summary>What a client gets that asks for a server name: a certificate, or a refused handshake. Immutable.</summary>
public sealed class CertificateAnswer
{
    private CertificateAnswer(TlsCertificate? certificate)
    {
        Certificate = certificate;
        Fingerprint = certificate is null ? null : FingerprintOf(certificate.Secret);
    }

    /// <summary>The certificate; null when the handshake is refused.</summary>
    public TlsCertificate? Certificate { get; }

    /// <summary>The Secret it is kept in; null when the handshake is refused.</summary>
    public NamespacedName? Secret => Certificate?.Secret.Name;

    /// <summary>The SHA-256 of the certificate in hexadecimal digits, without its intermediates; null when the handshake is refused.</summary>
    public string? Fingerprint { get; }

    /// <summary>Where the Secret was written; null when it came from no file.</summary>
    public SourceLocation? Location => Certificate?.Secret.Origin?.Locate("");

    /// <summary>Whether the same certificate is served from a Secret of the same name, or the handshake is refused alike.</summary>
    /// <param name="other">Another answer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool IsSameAs(CertificateAnswer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Secret == other.Secret && Fingerprint == other.Fingerprint;
    }

    /// <summary>Returns the Secret with the beginning of the fingerprint, or <c>refused</c>.</summary>
    public override string ToString() => Certificate is null ? "refused" : $"{Secret} (SHA-256 {Fingerprint![..12]})";

    internal static CertificateAnswer Of(TlsCertificate? certificate) => new(certificate);

    // The table has read the certificate before, so there is one.
    private static string FingerprintOf(SecretResource secret)
    {
        var fields = PemEncoding.Find(secret.CertificatePem);
        return Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(secret.CertificatePem![fields.Base64Data])));
    }
}
