using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Tests.Tls;

/// <summary>A certificate with everything in it that reading looks at, and its key in each form, in DER.</summary>
/// <param name="OwnForm">The key in the form of its kind: PKCS#1 or SEC1.</param>
internal sealed record SampleCertificate(string Name, byte[] Certificate, byte[] Pkcs8, byte[] OwnForm, string OwnLabel)
{
    public string CertificatePem => PemEncoding.WriteString("CERTIFICATE", Certificate);

    public string Pkcs8Pem => PemEncoding.WriteString("PRIVATE KEY", Pkcs8);

    public string OwnPem => PemEncoding.WriteString(OwnLabel, OwnForm);

    public static SampleCertificate Rsa { get; } = Create("RSA-2048");

    public static SampleCertificate P256 { get; } = Create("P-256");

    public static SampleCertificate Named(string name) => name switch
    {
        "RSA-2048" => Rsa,
        "P-256" => P256,
        _ => Create(name),
    };

    /// <summary>Makes a certificate that its own key signs.</summary>
    /// <param name="usages">What the key may be used for; null leaves the extension out.</param>
    /// <param name="dnsNames">The DNS names.</param>
    public static SampleCertificate Create(string name, X509KeyUsageFlags? usages = X509KeyUsageFlags.DigitalSignature, params string[] dnsNames)
    {
        using AsymmetricAlgorithm key = name switch
        {
            "RSA-1024" => RSA.Create(1024),
            "RSA-2048" => RSA.Create(2048),
            "P-256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            "P-384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            "P-521" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            "brainpool" => ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        var subject = new X500DistinguishedName("CN=unused.test, O=Größe, C=DE");
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var dnsName in dnsNames.Length > 0 ? dnsNames : ["a.h.test", "*.h.test", "B.h.test"])
        {
            names.AddDnsName(dnsName);
        }

        names.AddIpAddress(IPAddress.Loopback);
        names.AddEmailAddress("mail@h.test");
        names.AddUri(new Uri("spiffe://h.test/a"));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (usages is { } known)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(known, critical: true));
        }

        var generator = key is RSA signer
            ? X509SignatureGenerator.CreateForRSA(signer, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)key);
        using var certificate = request.Create(
            subject,
            generator,
            new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero),
            new DateTimeOffset(2051, 12, 31, 23, 59, 59, TimeSpan.Zero),
            [0x7F, 1, 2, 3]);
        return new(
            name,
            certificate.RawData,
            key.ExportPkcs8PrivateKey(),
            key is RSA half ? half.ExportRSAPrivateKey() : ((ECDsa)key).ExportECPrivateKey(),
            key is RSA ? "RSA PRIVATE KEY" : "EC PRIVATE KEY");
    }
}
