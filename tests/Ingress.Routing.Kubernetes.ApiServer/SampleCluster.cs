using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>Fills a server with many objects, for measurements.</summary>
public static class SampleCluster
{
    public const string ControllerName = "example.test/ingress-routing";

    /// <summary>Adds Ingresses, each with a host, a path, TLS, three labels and three annotations, and what they refer to.</summary>
    /// <param name="server">The server.</param>
    /// <param name="ingresses">How many Ingresses.</param>
    /// <param name="services">How many Services, each with one slice of two endpoints.</param>
    /// <param name="secrets">How many TLS Secrets, each with the same certificate.</param>
    /// <param name="endpoint">The address of every endpoint.</param>
    /// <param name="port">The port of every endpoint.</param>
    public static void Fill(TestApiServer server, int ingresses, int services, int secrets, string endpoint, int port)
    {
        server.Apply(Class());
        for (var i = 0; i < services; i++)
        {
            server.Apply(Service(i));
            server.Apply(Slice(i, port, endpoint));
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=example.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("*.example.test"); // one that covers no host would be ten thousand warnings
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        var certificatePem = Convert.ToBase64String(Encoding.UTF8.GetBytes(certificate.ExportCertificatePem()));
        var keyPem = Convert.ToBase64String(Encoding.UTF8.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        for (var i = 0; i < secrets; i++)
        {
            server.Apply(new JsonObject
            {
                ["kind"] = "Secret",
                ["metadata"] = new JsonObject { ["name"] = $"tls-{i}", ["namespace"] = Namespace(i) },
                ["data"] = new JsonObject { ["tls.crt"] = certificatePem, ["tls.key"] = keyPem },
                ["type"] = "kubernetes.io/tls",
            });
        }

        for (var i = 0; i < ingresses; i++)
        {
            server.Apply(Ingress(i, Math.Max(1, services), Math.Max(1, secrets)));
        }
    }

    public static JsonObject Class() => new()
    {
        ["kind"] = "IngressClass",
        ["metadata"] = new JsonObject { ["name"] = "ours" },
        ["spec"] = new JsonObject { ["controller"] = ControllerName },
    };

    public static JsonObject Service(int i) => new()
    {
        ["kind"] = "Service",
        ["metadata"] = new JsonObject { ["name"] = $"web-{i}", ["namespace"] = Namespace(i) },
        ["spec"] = new JsonObject
        {
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["port"] = 80, ["targetPort"] = 8080 }),
            ["selector"] = new JsonObject { ["app"] = $"web-{i}" },
        },
    };

    public static JsonObject Slice(int i, int port, params string[] endpoints) => new()
    {
        ["kind"] = "EndpointSlice",
        ["metadata"] = new JsonObject
        {
            ["name"] = $"web-{i}-abcde",
            ["namespace"] = Namespace(i),
            ["labels"] = new JsonObject { ["kubernetes.io/service-name"] = $"web-{i}", ["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io" },
        },
        ["addressType"] = "IPv4",
        ["endpoints"] = new JsonArray([.. endpoints.Select(static address => new JsonObject
        {
            ["addresses"] = new JsonArray(address),
            ["conditions"] = new JsonObject { ["ready"] = true, ["serving"] = true, ["terminating"] = false },
            ["nodeName"] = "n1",
            ["zone"] = "z1",
        })]),
        ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["protocol"] = "TCP", ["port"] = port }),
    };

    public static JsonObject Ingress(int i, int services, int secrets)
    {
        var host = string.Create(CultureInfo.InvariantCulture, $"h{i}.example.test");
        return new()
        {
            ["kind"] = "Ingress",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"i{i}",
                ["namespace"] = Namespace(i % services),
                ["labels"] = new JsonObject { ["app.kubernetes.io/name"] = $"web-{i % services}", ["app.kubernetes.io/part-of"] = "shop", ["team"] = "blue" },
                ["annotations"] = new JsonObject
                {
                    ["kubectl.kubernetes.io/last-applied-configuration"] = new string('x', 373),
                    ["meta.helm.sh/release-name"] = "shop",
                    ["example.test/contact"] = "blue@example.test",
                },
            },
            ["spec"] = new JsonObject
            {
                ["ingressClassName"] = "ours",
                ["tls"] = new JsonArray(new JsonObject { ["hosts"] = new JsonArray(host), ["secretName"] = $"tls-{i % secrets}" }),
                ["rules"] = new JsonArray(new JsonObject
                {
                    ["host"] = host,
                    ["http"] = new JsonObject
                    {
                        ["paths"] = new JsonArray(new JsonObject
                        {
                            ["path"] = "/",
                            ["pathType"] = "Prefix",
                            ["backend"] = new JsonObject { ["service"] = new JsonObject { ["name"] = $"web-{i % services}", ["port"] = new JsonObject { ["name"] = "http" } } },
                        }),
                    },
                }),
            },
        };
    }

    private static string Namespace(int i) => $"ns-{i % 50}";
}
