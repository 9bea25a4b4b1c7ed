using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>An authority for client certificates, made in memory.</summary>
internal sealed class TestAuthority
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name, TestAuthority? issuer = null, bool isAuthority = true, int untilDays = 50)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request($"CN={name}", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = issuer is null
            ? request.CreateSelfSigned(s_now.AddDays(-10), s_now.AddDays(untilDays))
            : Issue(request, issuer, key, s_now.AddDays(-5), s_now.AddDays(untilDays));
    }

    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>The certificate without its key.</summary>
    public X509Certificate2 Certificate => X509CertificateLoader.LoadCertificate(_certificate.RawData);

    /// <summary>A Secret that trusts some authorities.</summary>
    public static SecretResource Secret(string name, params TestAuthority[] authorities)
        => new() { Metadata = Some.Metadata(name), AuthoritiesPem = string.Join('\n', authorities.Select(authority => authority.Pem)) };

    /// <summary>A client certificate with its key, valid from yesterday until tomorrow unless told otherwise.</summary>
    /// <param name="subject">A distinguished name, or what is to be its CN.</param>
    /// <param name="usage">The extended key usage; null for none.</param>
    public X509Certificate2 Client(string subject, int fromDays = -1, int untilDays = 1, string? usage = ClientAuthentication)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(subject.Contains('=') ? subject : $"CN={subject}", key);
        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        }

        return Issue(request, this, key, s_now.AddDays(fromDays), s_now.AddDays(untilDays));
    }

    /// <summary>A revocation list.</summary>
    public string RevocationList(int fromDays, int untilDays, params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            builder.AddEntry(certificate);
        }

        var der = builder.Build(_certificate, 1, s_now.AddDays(untilDays), HashAlgorithmName.SHA256, thisUpdate: s_now.AddDays(fromDays));
        return new string(PemEncoding.Write("X509 CRL", der));
    }

    private static CertificateRequest Request(string subject, ECDsa key) => new(subject, key, HashAlgorithmName.SHA256);

    // Exported and read again, since the platform does not take a certificate for TLS whose key lives in memory alone everywhere.
    private static X509Certificate2 Issue(CertificateRequest request, TestAuthority issuer, ECDsa key, DateTimeOffset from, DateTimeOffset until)
    {
        var signer = X509SignatureGenerator.CreateForECDsa(issuer._certificate.GetECDsaPrivateKey()!);
        using var issued = request.Create(issuer._certificate.SubjectName, signer, from, until, RandomNumberGenerator.GetBytes(12));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
