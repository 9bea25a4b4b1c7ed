using Ingress.Routing.Model;

namespace Ingress.Routing.Tls;

/// <summary>What became of reading a Secret: a certificate, or the reason why there is none.</summary>
/// <param name="Certificate">The usable certificate.</param>
/// <param name="Problem">Why there is none, without any of the content; to follow "The Secret … ".</param>
internal readonly record struct TlsSecretReading(TlsCertificate? Certificate, string? Problem)
{
    /// <summary>Reads a Secret. Costs up to some milliseconds when there is anything unusual about it.</summary>
    public static TlsSecretReading Of(SecretResource secret)
    {
        var certificate = secret.CertificatePem;
        if (string.IsNullOrWhiteSpace(certificate))
        {
            return Unusable("has no readable 'tls.crt'");
        }

        var key = secret.KeyPem;
        if (string.IsNullOrWhiteSpace(key))
        {
            return Unusable("has no readable 'tls.key'");
        }

        return PemCertificate.TryRead(secret, certificate, key) is { } read ? new(read, null) : PlatformCertificate.Read(secret);
    }

    public static TlsSecretReading Unusable(string problem) => new(null, problem);
}
