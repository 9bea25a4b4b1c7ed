using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Self-signed certificates, made in memory, once for each set of names.</summary>
internal static class TestCertificates
{
    private static readonly ConcurrentDictionary<(string Names, int Days, bool IsRsa), (string Certificate, string Key)> s_pem = new();

    // One for all, because making one takes a tenth of a second.
    private static readonly Lazy<RSA> s_rsa = new(static () => RSA.Create(2048));

    /// <summary>
    /// A Secret with a certificate for these DNS names; the common name is <c>unused.test</c>, which nothing may consult.
    /// </summary>
    /// <param name="name"><c>name</c> or <c>namespace/name</c>.</param>
    public static SecretResource Secret(string name, params string[] dnsNames) => Secret(name, validForDays: 3650, isRsa: false, dnsNames);

    /// <summary>The same with an RSA key; the others have ECDSA keys.</summary>
    public static SecretResource RsaSecret(string name, params string[] dnsNames) => Secret(name, validForDays: 3650, isRsa: true, dnsNames);

    /// <summary>A Secret whose certificate expired a day ago.</summary>
    public static SecretResource ExpiredSecret(string name, params string[] dnsNames) => Secret(name, validForDays: -1, isRsa: false, dnsNames);

    private static SecretResource Secret(string name, int validForDays, bool isRsa, string[] dnsNames)
    {
        var (certificate, key) = s_pem.GetOrAdd(
            (string.Join(',', dnsNames), validForDays, isRsa), static shape => Create(shape.Names.Split(','), shape.Days, shape.IsRsa));
        return new() { Metadata = Some.Metadata(name), Type = "kubernetes.io/tls", CertificatePem = certificate, KeyPem = key };
    }

    private static (string Certificate, string Key) Create(string[] dnsNames, int validForDays, bool isRsa)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = isRsa
            ? new CertificateRequest("CN=unused.test", s_rsa.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=unused.test", ecdsa, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in dnsNames.Where(name => name != ""))
        {
            names.AddDnsName(name);
        }

        if (dnsNames.Any(name => name != ""))
        {
            request.CertificateExtensions.Add(names.Build());
        }

        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(validForDays));
        return (certificate.ExportCertificatePem(), (isRsa ? (AsymmetricAlgorithm)s_rsa.Value : ecdsa).ExportPkcs8PrivateKeyPem());
    }
}
