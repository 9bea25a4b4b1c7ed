using System.Collections.Immutable;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Changes;

/// <summary>Random objects over so few names that most of them have something to do with each other.</summary>
/// <param name="random">Decides everything, so that a seed repeats a run.</param>
internal sealed class RandomCluster(Random random)
{
    public const string Controller = "example.com/ours";

    private static readonly string[] s_namespaces = ["t", "t-a", "u"];
    private static readonly string[] s_hosts = ["", "b", "a.b", "x.a.b", "*.b", "*.a.b", "c.test"];
    private static readonly string[] s_invalidHosts = ["NOT VALID", "B", "A.b", "*.B"];
    private static readonly string[] s_paths = ["/", "/a", "/a/", "/a/b", "/%61", "/b", "/a%2Fb", "/é"];
    private static readonly string[] s_types = [PathTypes.Exact, PathTypes.Prefix, PathTypes.ImplementationSpecific, PathTypes.Prefix];
    private static readonly string[]?[] s_certificates = [["b"], ["a.b"], ["*.b"], ["*.a.b", "b"], ["unrelated.test"], null];
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Made once: a certificate costs milliseconds.
    private static readonly SecretResource[] s_secrets =
    [
        .. from name in new[] { "t/s0", "t/s1", "u/s0" }
           from shape in s_certificates
           from isRsa in new[] { false, true }
           select shape is null ? new SecretResource { Metadata = Some.Metadata(name), CertificatePem = "none", KeyPem = "none" }
               : isRsa ? TestCertificates.RsaSecret(name, shape)
               : TestCertificates.Secret(name, shape),
        new SecretResource { Metadata = Some.Metadata("t/s0"), LastGood = TestCertificates.Secret("t/s0", "a.b") },
        new SecretResource { Metadata = Some.Metadata("t/s1"), KeyPem = "none", LastGood = TestCertificates.RsaSecret("t/s1", "*.b") },
    ];

    // Two authorities, and a Secret that holds neither.
    private static readonly string?[] s_authorities = [new TestAuthority("one").Pem, new TestAuthority("two").Pem, null];

    public static IReadOnlyList<string> Hosts { get; } = ["b", "a.b", "x.a.b", "y.a.b", "z.b", "c.test", "other.test", ""];

    public static IReadOnlyList<string> Targets { get; } = ["/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/%61", "/a%2Fb", "/c", "/%zz"];

    public static IReadOnlyList<ServiceReference> Services { get; } =
    [
        .. from @namespace in s_namespaces
           from name in new[] { "web", "api", "missing", "extra" }
           from port in new[] { 80, 81 }
           select new ServiceReference(new(@namespace, name), new() { Number = port }),
    ];

    /// <summary>A change of one to four objects; some of them are new, some replace others, some go.</summary>
    public ClusterChange Change(ClusterSnapshot now)
    {
        var upserted = new List<KubernetesResource>();
        var removed = new List<ResourceReference>();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var item = Object();
            var present = All(now);
            switch (random.Next(8))
            {
                case 0 or 1 when present.Count > 0:
                    removed.Add(Pick(present).Reference);
                    break;

                case 2:
                    removed.Add(item.Reference);
                    break;

                case 3 when present.Count > 0:
                    upserted.Add(Pick(present)); // the same instance again
                    break;

                case 4 when item is IngressResource ingress:
                    upserted.Add(ingress); // two versions of one object
                    upserted.Add(ingress with { Metadata = ingress.Metadata with { ResourceVersion = Pick(["7", "8"]) }, DefaultBackend = Backend() });
                    break;

                default:
                    upserted.Add(item);
                    break;
            }
        }

        return new() { Upserted = upserted, Removed = removed };
    }

    public static IReadOnlyList<KubernetesResource> All(ClusterSnapshot snapshot)
        => [.. snapshot.Ingresses, .. snapshot.IngressClasses, .. snapshot.Services, .. snapshot.EndpointSlices, .. snapshot.Secrets, .. snapshot.ConfigMaps];

    private KubernetesResource Object() => random.Next(20) switch
    {
        0 => Some.Class(Pick(["ours", "other"]), Pick([Controller, "example.com/theirs", "not valid"]), random.Next(2) == 0),
        1 or 2 or 3 => Service(),
        4 or 5 or 6 => Slice(),
        7 or 8 => Pick(s_secrets),
        9 when random.Next(2) == 0 => new SecretResource { Metadata = Some.Metadata($"{Pick(s_namespaces)}/ca"), AuthoritiesPem = Pick(s_authorities) },
        9 when random.Next(3) == 0 => new ConfigMapResource
        {
            Metadata = Some.Metadata($"{Pick(s_namespaces)}/{Pick(["c0", "c1"])}"),
            Data = new Dictionary<string, string> { ["a"] = Pick(["1", "2"]) },
        },
        9 when random.Next(4) == 0 => new ServiceResource { Metadata = new() { Namespace = Pick(s_namespaces) } },
        _ => Ingress(),
    };

    private IngressResource Ingress()
    {
        var rules = Enumerable.Range(0, random.Next(4)).Select(_ => Rule()).ToList();
        return Some.Ingress(
            $"{Pick(s_namespaces)}/{Pick(["i1", "i2", "i3", "i4"])}",
            rules,
            rules.Count == 0 || random.Next(3) == 0 ? Backend() : null,
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => Some.Tls(Pick([null, "s0", "s1", "gone"]), [.. Names()]))],
            Pick([null, null, "ours", "other"]),
            random.Next(3),
            random.Next(2) == 0 ? Annotations() : null);
    }

    private Dictionary<string, string> Annotations()
    {
        var annotations = new Dictionary<string, string>();
        (string Name, string[] Values)[] known =
        [
            ("client-certificates", ["require", "optional", "report", "none", "maybe"]),
            ("client-certificate-secret", ["ca", "gone"]),
            ("client-certificate-headers", ["true", "false"]),
            ("tls-min-version", ["1.2", "1.3", "1.1"]),
            ("https-redirect", ["true", "false"]),
            ("no-such", ["1"]),
            ("redirect-target", ["/new", "/x${path}", "nowhere"]),
            ("rewrite-prefix", ["/api", "api"]),
            ("request-headers-set", ["X-Team: t", "Host: t"]),
            ("rate-limit", ["10/s", "often"]),
            ("match-methods", ["GET", "POST", "post"]),
            ("match-headers", ["X-A: 1", "X-A"]),
            ("backend-weights", ["web=1, extra=1", "api=1, web=2", "web"]),
            ("canary", ["true", "true", "false", "maybe"]),
            ("canary-weight", ["10"]),
        ];
        foreach (var (name, values) in known.Where(_ => random.Next(5) == 0))
        {
            annotations[$"ingress.routing/{name}"] = Pick(values);
        }

        (string Name, string[] Values)[] references =
        [
            ("secret", ["ca", "s0", "gone", "u/s0"]),
            ("config-map", ["c0", "c1", "t/c0", "no name"]),
            ("service", ["web", "api"]),
        ];
        foreach (var (name, values) in references.Where(_ => random.Next(8) == 0))
        {
            annotations[$"{ReferringAnnotations.Prefix}/{name}"] = Pick(values);
        }

        return annotations;
    }

    private IngressRule Rule() => new()
    {
        Host = Pick(random.Next(30) == 0 ? s_invalidHosts : s_hosts),
        Paths = random.Next(8) == 0
            ? null
            : [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new IngressPath { Path = Pick(s_paths), PathType = Pick(s_types), Backend = Backend() })],
    };

    private IngressBackend Backend()
        => random.Next(8) == 0 ? Some.Resource("Bucket", "files") : Some.Backend(Pick(["web", "api", "missing"]), Pick([80, 80, 81]));

    private ServiceResource Service()
    {
        var service = Some.Service($"{Pick(s_namespaces)}/{Pick(["web", "api"])}", Pick([80, 80, 81]));
        return random.Next(6) == 0 ? service with { Type = ServiceResource.ExternalNameType } : service;
    }

    private EndpointSliceResource Slice()
    {
        var slice = Some.Slice(
            $"{Pick(s_namespaces)}/{Pick(["web", "api"])}", 8080, [.. Enumerable.Range(0, random.Next(3)).Select(_ => Pick(["10.0.0.1", "10.0.0.2", "127.0.0.1"]))]);
        return slice with { Metadata = slice.Metadata with { Name = Pick(["slice-1", "slice-2"]) } };
    }

    private IEnumerable<string> Names() => Enumerable.Range(0, random.Next(3)).Select(_ => Pick(["b", "a.b", "x.a.b", "*.b", "*.a.b", "b", "a.b", "x.a.b", "*.b", "*.a.b", "A.b"]));

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private static ClientCertificateSettings OfSecret() => new() { Mode = ClientCertificateMode.Require, AuthoritiesSecret = new("t", "ca") };

    /// <summary>Options of all kinds.</summary>
    public RouteTableOptions Options() => new()
    {
        ControllerName = Pick([null, Controller]),
        AnnotationDialects = [Pick([ReferringAnnotations.Dialect, ReferringAnnotations.Permissive])],
        DefaultBackend = Pick([null, Services[0], Services[4]]),
        DefaultCertificate = Pick<NamespacedName?>([null, new("t", "s0")]),
        HostSharing = Pick([HostSharing.Allowed, HostSharing.OldestNamespaceOnly]),
        CertificatesEvaluatedAt = Pick<DateTimeOffset?>([null, s_now, s_now.AddYears(100)]),
        Tls = Pick([TlsSettings.None, TlsSettings.None, new() { RedirectToHttps = true }, new() { ClientCertificates = OfSecret() }]),
        HostTls = random.Next(3) == 0
            ? ImmutableDictionary<string, TlsSettings>.Empty.Add(Pick(["a.b", "*.b"]), Pick<TlsSettings>([new() { ClientCertificates = OfSecret() }, new() { RedirectToHttps = true }]))
            : ImmutableDictionary<string, TlsSettings>.Empty,
    };
}
