using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Tls;

namespace Ingress.Routing;

/// <summary>What verifying the client certificate of a connection came to. Immutable.</summary>
public sealed record ClientCertificateVerification
{
    /// <summary>No certificate was presented.</summary>
    public static ClientCertificateVerification None { get; } = new() { Outcome = ClientCertificateOutcome.None };

    /// <summary>The outcome.</summary>
    public required ClientCertificateOutcome Outcome { get; init; }

    /// <summary>Why it cannot be trusted; null unless the outcome is <see cref="ClientCertificateOutcome.Failed"/>. Holds nothing that the client wrote.</summary>
    public string? Reason { get; init; }

    /// <summary>The subject as a distinguished name (RFC 4514), everything that is not printable ASCII escaped; null without a certificate.</summary>
    public string? Subject { get; init; }

    /// <summary>The issuer, likewise.</summary>
    public string? Issuer { get; init; }

    /// <summary>The serial number in hexadecimal digits; null without a certificate.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>SHA-256 of the certificate, in lower-case hexadecimal digits; null without a certificate.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>When the certificate expires; null without one.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The certificate itself, in DER; empty without one.</summary>
    public ReadOnlyMemory<byte> Certificate { get; init; }

    internal static ClientCertificateVerification Of(X509Certificate2 certificate, string? reason) => new()
    {
        Outcome = reason is null ? ClientCertificateOutcome.Verified : ClientCertificateOutcome.Failed,
        Reason = reason,
        Subject = DistinguishedNameText.Of(certificate.SubjectName),
        Issuer = DistinguishedNameText.Of(certificate.IssuerName),
        SerialNumber = certificate.SerialNumber,
        Fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
        NotAfter = certificate.NotAfter,
        Certificate = certificate.RawDataMemory.ToArray(),
    };
}
