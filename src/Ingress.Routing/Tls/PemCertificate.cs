using System.Buffers;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tls;

/// <summary>Reads the certificate of a Secret without the platform.</summary>
internal static class PemCertificate
{
    private const string Label = "CERTIFICATE";

    /// <returns>The certificate, when it is certain that the platform can use it; null when the platform has to decide.</returns>
    public static TlsCertificate? TryRead(SecretResource secret, string certificatePem, string keyPem)
    {
        // What is decoded is shorter than its text, all of it together.
        var buffer = ArrayPool<byte>.Shared.Rent(certificatePem.Length);
        try
        {
            var rest = buffer.AsSpan();
            var blocks = new PemBlocks(certificatePem);
            if (!TryReadNext(ref blocks, ref rest, out var certificate, out _)
                || !CertificateStrength.IsCertain(certificate)
                || !CertificateKey.Fits(certificate, keyPem))
            {
                return null;
            }

            // The intermediates are read too, or a broken one would fail every handshake instead of this check.
            while ((TryReadNext(ref blocks, ref rest, out var intermediate, out var isEnd) && CertificateStrength.IsCertain(intermediate)) || isEnd)
            {
                if (isEnd)
                {
                    return new(
                        secret,
                        CertificateNames.Canonical(certificate.DnsNames()),
                        CertificateKey.KindOf(certificate),
                        certificate.NotBefore,
                        certificate.NotAfter,
                        certificate.IsForServers);
                }
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryReadNext(ref PemBlocks blocks, ref Span<byte> buffer, out DerCertificate certificate, out bool isEnd)
    {
        certificate = default;
        isEnd = !blocks.TryFind(Label, Label, out _, out var base64);
        if (isEnd || !Convert.TryFromBase64Chars(base64, buffer, out var length))
        {
            return false;
        }

        var der = buffer[..length];
        buffer = buffer[length..];
        return DerCertificate.TryRead(der, out certificate);
    }
}
