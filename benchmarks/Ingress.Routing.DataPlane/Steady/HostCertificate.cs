using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>A certificate of its own for a host.</summary>
internal sealed record HostCertificate(string Certificate, string Key, string Thumbprint)
{
    public static HostCertificate Create(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(300));
        return new(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), certificate.Thumbprint);
    }
}
