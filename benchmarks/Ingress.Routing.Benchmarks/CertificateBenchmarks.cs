using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BenchmarkDotNet.Attributes;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>Choosing the certificate for a server name.</summary>
[MemoryDiagnoser]
public class CertificateBenchmarks
{
    private IngressRouteTable _table = IngressRouteTable.Empty;

    [Params(10, 1_000)]
    public int Certificates { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = Enumerable.Range(0, Certificates).Select(Name).ToList();
        _table = IngressRouteTable.Compile(new()
        {
            TlsSecrets = [.. names.Select((name, index) => Secret(index, name, key))],
            Ingresses = [.. names.Select(Ingress)],
        });
    }

    [Benchmark(Baseline = true)]
    public TlsCertificate? Exact() => _table.FindCertificate("app-4.example.test");

    [Benchmark]
    public TlsCertificate? OtherCase() => _table.FindCertificate("APP-4.Example.Test.");

    [Benchmark]
    public TlsCertificate? Wildcard() => _table.FindCertificate("any.app-5.example.test");

    [Benchmark]
    public TlsCertificate? Unicode() => _table.FindCertificate("bücher.app-5.example.test");

    [Benchmark]
    public TlsCertificate? Unknown() => _table.FindCertificate("unknown.test");

    // Odd ones are wildcards.
    private static string Name(int index)
        => string.Create(CultureInfo.InvariantCulture, $"{(index % 2 == 1 ? "*." : "")}app-{index}.example.test");

    private static IngressResource Ingress(string name, int index) => new()
    {
        Metadata = new() { Name = SecretName(index) },
        Tls = [new() { Hosts = [name], SecretName = SecretName(index) }],
        DefaultBackend = IngressBackend.ForService("web", 80),
    };

    private static TlsSecret Secret(int index, string name, ECDsa key)
    {
        var request = new CertificateRequest("CN=unused.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return new()
        {
            Metadata = new() { Name = SecretName(index) },
            Type = "kubernetes.io/tls",
            CertificatePem = certificate.ExportCertificatePem(),
            KeyPem = key.ExportPkcs8PrivateKeyPem(),
        };
    }

    private static string SecretName(int index) => string.Create(CultureInfo.InvariantCulture, $"tls-{index}");
}
