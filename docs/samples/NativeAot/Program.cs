// An application that embeds the core, compiled to native code: a table of one Ingress with a certificate, some requests, a change and a
// diagnostic. .ci/native-aot runs it both ways and compares what they print.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing;
using Ingress.Routing.Model;

var router = new IngressRouter();
router.Publish(IngressRouteTable.Compile(new ClusterSnapshot { Ingresses = [Shop()], Secrets = [CertificateFor("*.example.test")] }));

Request("shop.example.test", "/cart/items/1?sort=price");
Request("SHOP.example.test:8080", "/cart/./items//2");
Request("shop.example.test", "/assets/" + new string('a', 40) + "/logo.svg");
Request("api.shop.example.test", "/v7/orders");
Request("other.test", "/");
Request("shop..test", "/");
Handshake("shop.example.test");
Handshake("other.test");

foreach (var diagnostic in router.Current.Diagnostics)
{
    Console.WriteLine($"{diagnostic.Id} {diagnostic.Field}");
}

router.Publish(router.Current.Apply(new ClusterChange { Removed = [Shop().Reference] }));
Request("shop.example.test", "/cart");

void Request(string host, string target)
{
    var match = router.Current.Match(host, target);
    Console.WriteLine($"{host} {target}: {match.Status} {match.Route?.Id} {match.Path}");
}

void Handshake(string serverName)
    => Console.WriteLine($"{serverName}: {string.Join(", ", router.Current.FindCertificate(serverName)?.DnsNames ?? ["no certificate"])}");

// Nine paths and one longer than a block, so that each layout of a host is used.
static IngressResource Shop() => new()
{
    Metadata = new() { Name = "shop" },
    Rules =
    [
        new() { Host = "shop.example.test", Paths = [To("/cart", "cart"), To("/assets/" + new string('a', 40), "assets")] },
        new() { Host = "*.shop.example.test", Paths = [.. Enumerable.Range(1, 9).Select(static i => To($"/v{i}", $"api-v{i}"))] },
    ],
    Tls = [new() { Hosts = ["shop.example.test"], SecretName = "certificate" }],
};

static IngressPath To(string path, string service)
    => new() { Path = path, PathType = PathTypes.Prefix, Backend = IngressBackend.ForService(service, 80) };

static SecretResource CertificateFor(string name)
{
    using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    var request = new CertificateRequest("CN=sample", key, HashAlgorithmName.SHA256);
    var names = new SubjectAlternativeNameBuilder();
    names.AddDnsName(name);
    request.CertificateExtensions.Add(names.Build());
    using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    return new SecretResource
    {
        Metadata = new() { Name = "certificate" },
        Type = "kubernetes.io/tls",
        CertificatePem = certificate.ExportCertificatePem(),
        KeyPem = key.ExportPkcs8PrivateKeyPem(),
    };
}
