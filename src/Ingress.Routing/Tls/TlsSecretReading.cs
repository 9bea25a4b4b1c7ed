using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tls;

/// <summary>What became of reading a Secret: a certificate, or the reason why there is none.</summary>
/// <param name="Certificate">The usable certificate.</param>
/// <param name="Problem">Why there is none, without any of the content; to follow "The Secret … ".</param>
internal sealed record TlsSecretReading(TlsCertificate? Certificate, string? Problem)
{
    /// <summary>Reads a Secret. Costs up to some milliseconds.</summary>
    public static TlsSecretReading Of(TlsSecret secret)
    {
        if (string.IsNullOrWhiteSpace(secret.CertificatePem))
        {
            return Unusable("has no readable 'tls.crt'");
        }

        if (string.IsNullOrWhiteSpace(secret.KeyPem))
        {
            return Unusable("has no readable 'tls.key'");
        }

        if (!TryLoad(LoadChain, secret, out var certificate))
        {
            return Unusable("holds no readable PEM certificate in 'tls.crt', or a broken one after it");
        }

        // The messages of CryptographicException do not tell a wrong key from a broken one, and are not needed.
        if (!TryLoad(static secret => X509Certificate2.CreateFromPem(secret.CertificatePem, secret.KeyPem), secret, out _))
        {
            return Unusable("holds a 'tls.key' that is broken, encrypted, of a kind that is not supported, or belongs to another certificate");
        }

        return new TlsSecretReading(certificate, null);
    }

    private static TlsSecretReading Unusable(string problem) => new(null, problem);

    private static bool TryLoad(Func<TlsSecret, X509Certificate2> load, TlsSecret secret, out TlsCertificate? certificate)
    {
        try
        {
            using var loaded = load(secret);
            certificate = new TlsCertificate(secret, DnsNamesOf(loaded), loaded.NotBefore, loaded.NotAfter);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or FormatException or NotSupportedException)
        {
            certificate = null;
            return false;
        }
    }

    // The intermediates are read too, or a broken one would fail every handshake instead of this check.
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
    private static List<string> DnsNamesOf(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (var name in extension.EnumerateDnsNames())
            {
                if (TryCanonicalize(name, out var canonical))
                {
                    names.Add(canonical);
                }
            }
        }

        return names;
    }

    private static bool TryCanonicalize(string dnsName, out string canonical)
    {
        var isWildcard = HostName.IsWildcard(dnsName);
        var isName = ServerName.TryRead(isWildcard ? dnsName[2..] : dnsName, out var name) && !name.Text.Contains('*');
        canonical = (isWildcard ? "*." : "") + name.Text.ToString().ToLowerInvariant();
        return isName;
    }
}
