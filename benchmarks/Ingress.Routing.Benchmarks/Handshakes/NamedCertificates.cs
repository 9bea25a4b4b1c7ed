using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks.Handshakes;

/// <summary>A certificate and a P-256 key of its own for each name, in PEM.</summary>
internal static class NamedCertificates
{
    public static (string Certificate, string Key) Create(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var alternativeNames = new SubjectAlternativeNameBuilder();
        alternativeNames.AddDnsName(name);
        request.CertificateExtensions.Add(alternativeNames.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public static X509Certificate2 Load(string name)
    {
        var (certificate, key) = Create(name);
        return X509Certificate2.CreateFromPem(certificate, key);
    }

    /// <summary>An Ingress and a Secret for each name.</summary>
    public static ClusterSnapshot Snapshot(int names) => new()
    {
        Secrets = [.. Enumerable.Range(0, names).Select(Secret)],
        Ingresses =
        [
            .. Enumerable.Range(0, names).Select(static index => new IngressResource
            {
                Metadata = new() { Name = ServerNames.Name(index) },
                Tls = [new() { Hosts = [ServerNames.Name(index)], SecretName = ServerNames.Name(index) }],
                DefaultBackend = IngressBackend.ForService("web", 80),
            }),
        ],
    };

    private static SecretResource Secret(int index)
    {
        var (certificate, key) = Create(ServerNames.Name(index));
        return new()
        {
            Metadata = new() { Name = ServerNames.Name(index) },
            Type = "kubernetes.io/tls",
            CertificatePem = certificate,
            KeyPem = key,
        };
    }
}
