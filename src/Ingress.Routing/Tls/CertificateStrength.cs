using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Tls;

/// <summary>Whether TLS can serve with a certificate (semantics 11.11). A weak one would fail every handshake.</summary>
/// <remarks>
/// Measured with OpenSSL 3 at the security level that .NET and Linux distributions use. It is the same everywhere, so that a table does not
/// depend on the machine; clients refuse such certificates, too.
/// </remarks>
internal static class CertificateStrength
{
    // What counts as 112 bits of strength begins a little below 2,048; 1,536 is refused and 2,040 is not, and sizes between are not in use.
    private const int SmallestRsaKey = 2000;

    /// <summary>Whether a certificate is certainly strong enough; when not, the platform has to decide.</summary>
    public static bool IsCertain(DerCertificate certificate)
        => (IsLongRsaKey(certificate) || (certificate.KeyAlgorithm.SequenceEqual(DerOid.EcPublicKey) && EcKey.Find(certificate.KeyCurve) is not null))
            && (certificate.Issuer.SequenceEqual(certificate.Subject) || IsModernSignature(certificate.SignatureAlgorithm));

    /// <summary>Why TLS cannot serve with a certificate, be it the first or an intermediate one; null when it can.</summary>
    /// <returns>To follow "The Secret … ".</returns>
    public static string? ProblemOf(X509Certificate2 certificate)
    {
        if (certificate.GetRSAPublicKey() is { } rsa)
        {
            using (rsa)
            {
                if (rsa.KeySize < SmallestRsaKey)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"holds a certificate with an RSA key of {rsa.KeySize} bits, which TLS refuses as too short; issue one with 2048 bits or more");
                }
            }
        }
        else if (certificate.GetKeyAlgorithm() == "1.2.840.10045.2.1" && !HasCommonCurve(certificate, out var curve))
        {
            return $"holds a certificate with a key on the curve '{curve}', which no TLS client takes; issue one with P-256, P-384 or P-521";
        }

        var isSelfIssued = certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
        return !isSelfIssued && IsOldSignature(certificate.SignatureAlgorithm.Value)
            ? "holds a certificate that is signed with MD5 or SHA-1, which TLS refuses; issue one that is signed with SHA-256"
            : null;
    }

    private static bool HasCommonCurve(X509Certificate2 certificate, out string curve)
    {
        curve = "unknown";
        try
        {
            using var key = certificate.GetECDsaPublicKey();
            using var agreement = key is null ? certificate.GetECDiffieHellmanPublicKey() : null;
            var oid = (key?.ExportParameters(false) ?? agreement?.ExportParameters(false))?.Curve.Oid;
            curve = oid?.FriendlyName ?? oid?.Value ?? curve;
            return oid?.Value is "1.2.840.10045.3.1.7" or "1.3.132.0.34" or "1.3.132.0.35";
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // RSA and ECDSA, with SHA-1, MD5 and MD2.
    private static bool IsOldSignature(string? oid)
        => oid is "1.2.840.113549.1.1.5" or "1.3.14.3.2.29" or "1.2.840.10045.4.1" or "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.2";

    // sha256, sha384 and sha512 with RSA, and the same with ECDSA.
    private static bool IsModernSignature(ReadOnlySpan<byte> oid)
        => oid is [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, >= 0x0B and <= 0x0D] or [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, >= 0x02 and <= 0x04];

    private static bool IsLongRsaKey(DerCertificate certificate)
        => certificate.KeyAlgorithm.SequenceEqual(DerOid.Rsa)
            && DerReader.TryOpen(certificate.Key, DerTag.Sequence, out var key)
            && key.TryReadPositive(out var modulus)
            && modulus.Length * 8 >= SmallestRsaKey;
}
