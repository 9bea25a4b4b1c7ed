using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>The development CA: signs certificates for the names of this gateway.</summary>
/// <remarks>Thread-safe: each signature opens the key anew.</remarks>
internal sealed class DevCertificateAuthority(X509Certificate2 certificate) : IDisposable
{
    // Long enough to be trusted once, short enough that a forgotten one ends.
    private const int Years = 10;

    private static readonly Oid s_serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    // Browsers refuse certificates that are valid for much longer than a year; this leaves room for what they will think of next.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(90);

    // For clocks that are behind, such as that of a virtual machine.
    private static readonly TimeSpan s_headStart = TimeSpan.FromHours(1);

    /// <summary>Makes a CA.</summary>
    /// <param name="now">The beginning of its validity.</param>
    /// <param name="keyPem">Its key, which the result does not give away.</param>
    /// <returns>Its certificate.</returns>
    public static X509Certificate2 Create(DateTimeOffset now, out string keyPem)
    {
        // The random part tells two of them apart in a list of trusted ones; names of users and machines stay private.
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=ingress-gateway development CA ({id})", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        keyPem = key.ExportPkcs8PrivateKeyPem();
        return request.CreateSelfSigned(now - s_headStart, now.AddYears(Years));
    }

    /// <summary>Says why no client could trust what it signs; null when all is well.</summary>
    public string? Problem(DateTimeOffset now)
    {
        using var key = certificate.GetECDsaPrivateKey();
        if (key is null || !certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(static extension => extension.CertificateAuthority))
        {
            return "the files hold the certificate of something else";
        }

        return now < certificate.NotBefore
            ? $"it is valid from {certificate.NotBefore.ToUniversalTime():u}, and the clock says {now.UtcDateTime:u}"
            : HasExpired(now) ? $"it expired at {certificate.NotAfter.ToUniversalTime():u}"
            : null;
    }

    public bool HasExpired(DateTimeOffset now) => now >= certificate.NotAfter;

    /// <summary>Issues a certificate.</summary>
    /// <param name="name">Whom it is for.</param>
    /// <param name="now">The beginning of its validity.</param>
    /// <returns>The certificate with a key of its own.</returns>
    /// <exception cref="ArgumentException">The CA has expired.</exception>
    public X509Certificate2 Issue(DevCertificateName name, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // The names are in the extension alone: a common name has at most 64 characters, and no client of today looks at it.
        var request = new CertificateRequest("CN=ingress-gateway development certificate", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([s_serverAuthentication], critical: false));
        request.CertificateExtensions.Add(name.ToExtension());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));

        // Not outside the validity of the CA.
        var begin = Later(now - s_headStart, certificate.NotBefore);
        var end = Earlier(begin + s_lifetime, certificate.NotAfter);
        using var issued = request.Create(certificate, begin, end, SerialNumber());
        return issued.CopyWithPrivateKey(key);
    }

    public void Dispose() => certificate.Dispose();

    // Positive, and without a zero in front.
    private static byte[] SerialNumber()
    {
        var serialNumber = RandomNumberGenerator.GetBytes(16);
        serialNumber[0] = (byte)((serialNumber[0] & 0x7F) | 0x40);
        return serialNumber;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
