using System.Buffers;
using System.Security.Cryptography;

namespace Ingress.Routing.Tls;

/// <summary>Finds the private key of a certificate in a PEM text, as the platform does, and proves that it is the one.</summary>
internal static class CertificateKey
{
    /// <summary>The kind of a certificate's key.</summary>
    /// <returns>None when the platform has to say.</returns>
    public static CertificateKeyKinds KindOf(DerCertificate certificate)
    {
        if (certificate.KeyAlgorithm.SequenceEqual(DerOid.Rsa) && certificate.HasNullParameters)
        {
            return CertificateKeyKinds.Rsa;
        }

        // The platform takes a curve that may not sign for one of another use.
        return certificate.KeyAlgorithm.SequenceEqual(DerOid.EcPublicKey) && certificate.CanSign && EcKey.Find(certificate.KeyCurve) is not null
            ? CertificateKeyKinds.Ecdsa
            : CertificateKeyKinds.None;
    }

    /// <returns>Whether it is certain that the text holds the key of the certificate; when not, the platform has to decide.</returns>
    public static bool Fits(DerCertificate certificate, string pem)
    {
        var blocks = new PemBlocks(pem);
        var ownLabel = KindOf(certificate) == CertificateKeyKinds.Rsa ? "RSA PRIVATE KEY" : "EC PRIVATE KEY";
        if (!blocks.TryFind(ownLabel, "PRIVATE KEY", out var isWrapped, out var base64))
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(base64.Length);
        try
        {
            return Convert.TryFromBase64Chars(base64, buffer, out var length) && Fits(certificate, buffer.AsSpan(0, length), isWrapped);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <param name="certificate">The certificate.</param>
    /// <param name="key">The DER of a key.</param>
    /// <param name="isWrapped">Whether it is in PKCS#8; otherwise it is in the form of its kind, PKCS#1 or SEC1.</param>
    public static bool Fits(DerCertificate certificate, ReadOnlySpan<byte> key, bool isWrapped)
    {
        var kind = KindOf(certificate);
        if (kind == CertificateKeyKinds.None || (isWrapped && !TryUnwrap(certificate, ref key)))
        {
            return false;
        }

        return kind == CertificateKeyKinds.Rsa
            ? RsaKey.Fits(certificate.Key, key)
            : EcKey.Find(certificate.KeyCurve)!.Fits(certificate.Key, key, certificate.KeyCurve, isWrapped);
    }

    // A PrivateKeyInfo without attributes, for the same algorithm.
    private static bool TryUnwrap(DerCertificate certificate, ref ReadOnlySpan<byte> key)
        => DerReader.TryOpen(key, DerTag.Sequence, out var reader)
            && reader.TryReadVersion(0)
            && reader.TryReadAlgorithm(out var algorithm, out var curve, out var isNull)
            && algorithm.SequenceEqual(certificate.KeyAlgorithm)
            && curve.SequenceEqual(certificate.KeyCurve)
            && isNull == certificate.HasNullParameters
            && reader.TryRead(DerTag.OctetString, out key)
            && reader.IsEmpty;
}
