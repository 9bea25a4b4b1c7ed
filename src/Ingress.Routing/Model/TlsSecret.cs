using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Model;

/// <summary>A Secret that holds a certificate and its key (semantics 1.15), authorities for client certificates, or both.</summary>
/// <remarks>Neither <see cref="ToString"/> nor any diagnostic ever shows the key.</remarks>
public sealed record TlsSecret : KubernetesResource
{
    internal const string KindName = "Secret";

    // Read at most once for each instance, since that takes time; a copy with other content starts anew. It is the certificate itself, which
    // nearly all have, or else a TlsSecretReading: a reading for each Secret would be 32 bytes more.
    private object? _reading;

    /// <summary>Creates an empty Secret.</summary>
    public TlsSecret()
    {
    }

    [SetsRequiredMembers]
    private TlsSecret(TlsSecret original)
        : base(original)
    {
        Type = original.Type;
        CertificatePem = original.CertificatePem;
        KeyPem = original.KeyPem;
        AuthoritiesPem = original.AuthoritiesPem;
        RevocationListsPem = original.RevocationListsPem;
    }

    /// <inheritdoc />
    public override string Kind => KindName;

    /// <summary>The type of the Secret, normally <c>kubernetes.io/tls</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The text of <c>tls.crt</c>: the certificate first, then its intermediates, in PEM; null when missing.</summary>
    public string? CertificatePem { get; init; }

    /// <summary>The text of <c>tls.key</c> in PEM; null when missing.</summary>
    public string? KeyPem { get; init; }

    /// <summary>The text of <c>ca.crt</c>: the authorities whose client certificates are trusted, in PEM; null when missing.</summary>
    public string? AuthoritiesPem { get; init; }

    /// <summary>The text of <c>ca.crl</c>: revocation lists of these authorities, in PEM; null when missing.</summary>
    public string? RevocationListsPem { get; init; }

    /// <summary>Compares what was stored.</summary>
    /// <param name="other">Another Secret.</param>
    public bool Equals(TlsSecret? other)
        => base.Equals(other) && Type == other.Type && CertificatePem == other.CertificatePem && KeyPem == other.KeyPem
            && AuthoritiesPem == other.AuthoritiesPem && RevocationListsPem == other.RevocationListsPem;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Type, CertificatePem, AuthoritiesPem);

    /// <summary>Returns how diagnostics name the Secret, and nothing of its content.</summary>
    public override string ToString() => Reference.ToString();

    /// <summary>The certificate, or why there is none. The first call reads it; thread-safe.</summary>
    internal TlsSecretReading Read()
    {
        var reading = Volatile.Read(ref _reading) ?? Interlocked.CompareExchange(ref _reading, Kept(TlsSecretReading.Of(this)), null) ?? _reading;
        return reading is TlsCertificate certificate ? new(certificate, null) : (TlsSecretReading)reading;
    }

    private static object Kept(TlsSecretReading reading) => (object?)reading.Certificate ?? reading;
}
