using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Benchmarks;

/// <summary>Many server names that share a wildcard certificate.</summary>
internal static class ServerNames
{
    public static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"app-{index}.example.test");

    /// <summary>A table with one TLS entry for each name.</summary>
    public static ClusterSnapshot Snapshot(int names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=unused.test", key, HashAlgorithmName.SHA256);
        var alternativeNames = new SubjectAlternativeNameBuilder();
        alternativeNames.AddDnsName("*.example.test");
        request.CertificateExtensions.Add(alternativeNames.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return new()
        {
            Secrets =
            [
                new()
                {
                    Metadata = new() { Name = "tls" },
                    Type = "kubernetes.io/tls",
                    CertificatePem = certificate.ExportCertificatePem(),
                    KeyPem = key.ExportPkcs8PrivateKeyPem(),
                },
            ],
            Ingresses =
            [
                .. Enumerable.Range(0, names).Select(index => new IngressResource
                {
                    Metadata = new() { Name = string.Create(CultureInfo.InvariantCulture, $"app-{index}") },
                    Tls = [new() { Hosts = [Name(index)], SecretName = "tls" }],
                    DefaultBackend = IngressBackend.ForService("web", 80),
                }),
            ],
        };
    }
}

/// <summary>What a certificate costs beyond the look-up of its host.</summary>
internal static class ServerNameCheck
{
    private const int Names = 100_000;

    public static void Run(int rounds)
    {
        Report.Title("Certificates");
        var table = IngressRouteTable.Compile(ServerNames.Snapshot(Names));
        var random = new Random(1);
        string[] asked = [.. Enumerable.Range(0, Requests.Count).Select(_ => ServerNames.Name(random.Next(Names)))];
        var times = Contender.Measure(
            rounds,
            asked.Length,
            new Contender("certificate", () => asked.Count(name => table.FindCertificate(name) is not null)),
            new Contender("host alone", () => asked.Count(name => table.Certificates.Hosts.FindCells(name) is not null)));
        Report.Line($"{times[0].Median:F1} ns, look-up of the host alone {times[1].Median:F1} ns");
        Report.AtMost("server name to certificate at 100,000 names, of the host alone", times[0].Median / times[1].Median, 1.2, "x");
    }
}
