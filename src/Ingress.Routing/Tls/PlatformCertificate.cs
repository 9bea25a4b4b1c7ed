using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tls;

/// <summary>Reads the certificate of a Secret with the platform, which has the last word on everything unusual.</summary>
internal static class PlatformCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string AnyExtendedKeyUsage = "2.5.29.37.0";

    /// <summary>Reads the certificate of a Secret that has a certificate and a key.</summary>
    public static TlsSecretReading Read(SecretResource secret)
    {
        if (!TryLoadChain(secret, out var certificate, out var weakness))
        {
            return TlsSecretReading.Unusable("holds no readable PEM certificate in 'tls.crt', or a broken one after it");
        }

        // The messages of CryptographicException do not tell a wrong key from a broken one, and are not needed.
        if (certificate!.KeyKind == CertificateKeyKinds.None || !Fits(secret.CertificatePem, secret.KeyPem))
        {
            return TlsSecretReading.Unusable(
                CertificateOrder.IndexOfKeyOwner(secret) is > 0 and var index
                    ? $"holds in 'tls.key' the key of certificate {index + 1} in 'tls.crt', and not of the first; put the server's own certificate first"
                    : "holds a 'tls.key' that is broken, encrypted, of a kind that is not supported, or belongs to another certificate");
        }

        return weakness is null ? new(certificate, null) : TlsSecretReading.Unusable(weakness);
    }

    /// <summary>Whether a text holds the key of the first certificate of another.</summary>
    public static bool Fits(ReadOnlySpan<char> certificatePem, ReadOnlySpan<char> keyPem)
    {
        try
        {
            X509Certificate2.CreateFromPem(certificatePem, keyPem).Dispose();
            return true;
        }
        catch (Exception exception) when (IsAboutContent(exception))
        {
            return false;
        }
    }

    private static bool TryLoadChain(SecretResource secret, out TlsCertificate? certificate, out string? weakness)
    {
        certificate = null;
        weakness = null;
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(secret.CertificatePem);
            if (chain is not [var first, ..])
            {
                return false;
            }

            certificate = new TlsCertificate(secret, DnsNamesOf(first), KeyKindOf(first), first.NotBefore, first.NotAfter, IsForServers(first));
            weakness = chain.Select(CertificateStrength.ProblemOf).FirstOrDefault(static problem => problem is not null);
            return true;
        }
        catch (Exception exception) when (IsAboutContent(exception))
        {
            return false;
        }
        finally
        {
            foreach (var read in chain)
            {
                read.Dispose();
            }
        }
    }

    private static bool IsAboutContent(Exception exception)
        => exception is CryptographicException or ArgumentException or FormatException or NotSupportedException;

    // Only DNS names of subjectAltName count; the common name is not consulted (D17).
    private static string[] DnsNamesOf(X509Certificate2 certificate)
        => CertificateNames.Canonical(
            [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(static extension => extension.EnumerateDnsNames())]);

    private static bool IsForServers(X509Certificate2 certificate)
        => certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .All(static extension => extension.EnhancedKeyUsages.Cast<Oid>().Any(static oid => oid.Value is ServerAuthentication or AnyExtendedKeyUsage));

    // No TLS server can serve with the other kinds that the platform reads, such as DSA.
    private static CertificateKeyKinds KeyKindOf(X509Certificate2 certificate) => certificate.GetKeyAlgorithm() switch
    {
        "1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10" => CertificateKeyKinds.Rsa,
        "1.2.840.10045.2.1" => CertificateKeyKinds.Ecdsa,
        _ => CertificateKeyKinds.None,
    };
}
