using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tls;

/// <summary>Reads the certificate of a Secret with the platform, which has the last word on everything unusual.</summary>
internal static class PlatformCertificate
{
    /// <summary>Reads the certificate of a Secret that has a certificate and a key.</summary>
    public static TlsSecretReading Read(TlsSecret secret)
    {
        if (!TryLoad(LoadChain, secret, out var certificate))
        {
            return TlsSecretReading.Unusable("holds no readable PEM certificate in 'tls.crt', or a broken one after it");
        }

        // The messages of CryptographicException do not tell a wrong key from a broken one, and are not needed.
        if (certificate!.KeyKind == CertificateKeyKinds.None
            || !TryLoad(static secret => X509Certificate2.CreateFromPem(secret.CertificatePem, secret.KeyPem), secret, out _))
        {
            return TlsSecretReading.Unusable(
                "holds a 'tls.key' that is broken, encrypted, of a kind that is not supported, or belongs to another certificate");
        }

        return new(certificate, null);
    }

    private static bool TryLoad(Func<TlsSecret, X509Certificate2> load, TlsSecret secret, out TlsCertificate? certificate)
    {
        try
        {
            using var loaded = load(secret);
            certificate = new TlsCertificate(secret, DnsNamesOf(loaded), KeyKindOf(loaded), loaded.NotBefore, loaded.NotAfter);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or FormatException or NotSupportedException)
        {
            certificate = null;
            return false;
        }
    }

    private static X509Certificate2 LoadChain(TlsSecret secret)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(secret.CertificatePem);
        foreach (var intermediate in chain.Skip(1))
        {
            intermediate.Dispose();
        }

        return chain.Count > 0 ? chain[0] : throw new CryptographicException();
    }

    // Only DNS names of subjectAltName count; the common name is not consulted (D17).
    private static string[] DnsNamesOf(X509Certificate2 certificate)
        => CertificateNames.Canonical(
            [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static extension => extension.EnumerateDnsNames())]);

    // No TLS server can serve with the other kinds that the platform reads, such as DSA.
    private static CertificateKeyKinds KeyKindOf(X509Certificate2 certificate) => certificate.GetKeyAlgorithm() switch
    {
        "1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10" => CertificateKeyKinds.Rsa,
        "1.2.840.10045.2.1" => CertificateKeyKinds.Ecdsa,
        _ => CertificateKeyKinds.None,
    };
}
