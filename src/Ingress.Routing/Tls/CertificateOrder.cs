using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tls;

/// <summary>Which certificates of <c>tls.crt</c> form the chain, in whatever order they stand.</summary>
internal static class CertificateOrder
{
    // There are never more; and comparing each with each must not take long.
    private const int Most = 32;

    /// <summary>Which certificate of the text the key belongs to; -1 when it belongs to none.</summary>
    public static int IndexOfKeyOwner(SecretResource secret)
    {
        var (certificates, key) = (secret.CertificatePem!, secret.KeyPem);
        var blocks = PemText.BlocksOf(certificates).Where(static block => block.Label == PemText.Certificate).Take(Most).ToList();
        return blocks.FindIndex(block => PlatformCertificate.Fits(certificates.AsSpan()[block.Range], key));
    }

    /// <summary>The certificates that no chain from the first one leads over, by their number from 0. They are not sent.</summary>
    /// <param name="certificates">The certificates in DER, the server's own first.</param>
    public static IReadOnlyList<int> Strangers(IReadOnlyList<byte[]> certificates)
    {
        var names = certificates.Take(Most).Select(NamesOf).ToList();
        if (names.Contains(null))
        {
            return [];
        }

        var isInChain = new bool[names.Count];
        isInChain[0] = true;
        for (var current = names[0]; current is not null && !current.Value.Issuer.AsSpan().SequenceEqual(current.Value.Subject);)
        {
            var issuer = current.Value.Issuer;
            var next = names.FindIndex(candidate => candidate!.Value.Subject.AsSpan().SequenceEqual(issuer));
            if (next < 0 || isInChain[next])
            {
                break;
            }

            isInChain[next] = true;
            current = names[next];
        }

        return [.. Enumerable.Range(0, names.Count).Where(i => !isInChain[i])];
    }

    private static (byte[] Issuer, byte[] Subject)? NamesOf(byte[] der)
    {
        try
        {
            return DerCertificate.TryRead(der, out var certificate) ? (certificate.Issuer.ToArray(), certificate.Subject.ToArray()) : NamesByPlatform(der);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // In a form of its own, which is enough: where one certificate needs the platform, the others are likely to.
    private static (byte[] Issuer, byte[] Subject) NamesByPlatform(byte[] der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return (Content(certificate.IssuerName.RawData), Content(certificate.SubjectName.RawData));

        static byte[] Content(byte[] name) => new DerReader(name).TryRead(DerTag.Sequence, out var content) ? content.ToArray() : name;
    }
}
