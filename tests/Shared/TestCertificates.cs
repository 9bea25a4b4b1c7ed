using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Self-signed certificates, made in memory, once for each set of names.</summary>
internal static class TestCertificates
{
    private static readonly ConcurrentDictionary<(string Names, int Days), (string Certificate, string Key)> s_pem = new();

    /// <summary>
    /// A Secret with a certificate for these DNS names; the common name is <c>unused.test</c>, which nothing may consult.
    /// </summary>
    /// <param name="name"><c>name</c> or <c>namespace/name</c>.</param>
    public static TlsSecret Secret(string name, params string[] dnsNames) => Secret(name, validForDays: 3650, dnsNames);

    /// <summary>A Secret whose certificate expired a day ago.</summary>
    public static TlsSecret ExpiredSecret(string name, params string[] dnsNames) => Secret(name, validForDays: -1, dnsNames);

    private static TlsSecret Secret(string name, int validForDays, string[] dnsNames)
    {
        var (certificate, key) = s_pem.GetOrAdd(
            (string.Join(',', dnsNames), validForDays), static shape => Create(shape.Names.Split(','), shape.Days));
        return new() { Metadata = Some.Metadata(name), Type = "kubernetes.io/tls", CertificatePem = certificate, KeyPem = key };
    }

    private static (string Certificate, string Key) Create(string[] dnsNames, int validForDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=unused.test", key, HashAlgorithmName.SHA256);
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
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
