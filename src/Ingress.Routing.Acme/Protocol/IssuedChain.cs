using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>A certificate as a CA hands it out: the server's own, and what leads on from it.</summary>
/// <param name="Names">The DNS names that it covers, in lower case.</param>
/// <param name="NotBefore">From when on it is valid.</param>
/// <param name="NotAfter">Until when it is valid.</param>
/// <param name="Issuer">Who has issued it.</param>
/// <param name="LastIssuer">Who has issued the last one of the chain.</param>
/// <param name="SerialNumber">Its number, in hexadecimal digits.</param>
/// <param name="RenewalId">What it is called when asking whether to renew it (RFC 9773, 4.1); null when it cannot be.</param>
internal sealed record IssuedChain(
    IReadOnlyList<string> Names,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Issuer,
    string LastIssuer,
    string SerialNumber,
    string? RenewalId)
{
    /// <summary>Reads a chain.</summary>
    /// <param name="pem">The certificates, that of the server first.</param>
    /// <param name="keyPem">The key that the first one has to be for.</param>
    /// <exception cref="CryptographicException">It is none, or of another key.</exception>
    public static IssuedChain Read(string pem, string keyPem)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(pem, keyPem);
        }
        catch (ArgumentException exception)
        {
            throw new CryptographicException("The certificate is for another key.", exception);
        }

        using (certificate)
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(pem);
            try
            {
                return new(
                    NamesOf(certificate),
                    certificate.NotBefore,
                    certificate.NotAfter,
                    CommonName(certificate),
                    CommonName(chain[^1]),
                    certificate.SerialNumber,
                    RenewalIdOf(certificate));
            }
            finally
            {
                chain.ToList().ForEach(static read => read.Dispose());
            }
        }
    }

    /// <summary>Whether it covers all of some names.</summary>
    public bool Covers(IEnumerable<string> names) => names.All(name => Names.Contains(name, StringComparer.Ordinal));

    private static string[] NamesOf(X509Certificate2 certificate)
    {
        try
        {
            return [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(static extension => extension.EnumerateDnsNames())
                .Select(static name => name.ToLowerInvariant())];
        }
        catch (AsnContentException exception)
        {
            throw new CryptographicException("The names of the certificate cannot be read.", exception);
        }
    }

    private static string CommonName(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true);

    private static string? RenewalIdOf(X509Certificate2 certificate)
    {
        var issuerKey = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;
        return issuerKey is null ? null : $"{Base64Url.Encode(issuerKey.Value.Span)}.{Base64Url.Encode(certificate.SerialNumberBytes.Span)}";
    }
}
