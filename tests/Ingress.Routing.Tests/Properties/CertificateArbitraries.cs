using FsCheck;
using FsCheck.Fluent;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Properties;

/// <summary>Random TLS entries over a handful of names, Secrets and certificates.</summary>
public static class CertificateArbitraries
{
    // Null: a Secret that is there and holds nothing usable.
    private static readonly string[]?[] s_shapes =
        [["b"], ["a.b"], ["*.b"], ["x.a.b"], ["*.a.b"], ["a.b", "*.b"], ["xn--9ca.b"], ["unrelated.test"], null];

    // Every Secret is one instance for all cases, because reading a certificate costs milliseconds.
    private static readonly Dictionary<(string Name, int Shape, bool IsRsa), SecretResource> s_secrets =
        (from name in new[] { "t/s0", "t/s1", "u/s0" }
         from shape in Enumerable.Range(0, s_shapes.Length)
         from isRsa in new[] { false, true }
         select (Key: (name, shape, isRsa), Secret: Secret(name, s_shapes[shape], isRsa))).ToDictionary(pair => pair.Key, pair => pair.Secret);

    private static readonly Gen<IngressTls> s_tls =
        from secret in Gen.Frequency((1, Gen.Elements<string?>(null, "", "missing")), (5, Gen.Elements<string?>("s0", "s1")))
        from hosts in Gen.Elements("b", "a.b", "x.a.b", "*.b", "*.a.b", "xn--9ca.b", "127.0.0.1").ListOf().Resize(2)
        select Some.Tls(secret, [.. hosts]);

    private static readonly Gen<string> s_serverName = Gen.Elements(
        "b", "a.b", "x.a.b", "y.b", "y.a.b", "A.b", "X.A.B.", "a.b.", "é.b", "É.b", "xn--9ca.b",
        "", "127.0.0.1", "a..b", ".b", "a.b..", "::1", "other.test");

    private static readonly Gen<CertificateCase> s_case =
        from count in Gen.Choose(1, 3)
        from ingresses in Gen.CollectToArray(Enumerable.Range(0, count), Ingress)
        from shapes in Gen.Choose(0, s_shapes.Length - 1).ArrayOf(3)
        from hasDefault in Gen.Elements(true, true, false)
        from serverName in s_serverName
        from areRsa in Gen.Elements(false, true).ArrayOf(3)
        from offered in Gen.Elements(CertificateKeyKinds.None, CertificateKeyKinds.Rsa, CertificateKeyKinds.Ecdsa, CertificateKeyKinds.All)
        select Assemble(ingresses, shapes, areRsa, hasDefault, serverName, offered);

    public static Arbitrary<CertificateCase> CertificateCase() => Arb.From(s_case, Shrink);

    private static SecretResource Secret(string name, string[]? dnsNames, bool isRsa)
        => dnsNames is null
            ? new() { Metadata = Some.Metadata(name), CertificatePem = "none", KeyPem = "none" }
            : isRsa ? TestCertificates.RsaSecret(name, dnsNames) : TestCertificates.Secret(name, dnsNames);

    private static Gen<IngressResource> Ingress(int index) =>
        from @namespace in Gen.Elements("t", "t", "u")
        from age in Gen.Choose(0, 1)
        from tls in s_tls.NonEmptyListOf().Resize(3)
        select Some.Ingress($"{@namespace}/i{3 - index}", defaultBackend: Some.Backend("web"), tls: tls, ageSeconds: age);

    private static CertificateCase Assemble(
        IngressResource[] ingresses, int[] shapes, bool[] areRsa, bool hasDefault, string serverName, CertificateKeyKinds offered)
    {
        string[] names = ["t/s0", "t/s1", "u/s0"];
        var usable = names.Zip(shapes).Where(pair => s_shapes[pair.Second] is not null);
        return new CertificateCase(
            new() { Ingresses = ingresses, Secrets = [.. names.Zip(shapes, areRsa).Select(item => s_secrets[item])] },
            new() { DefaultCertificate = hasDefault ? new("u", "s0") : null },
            usable.ToDictionary(pair => Some.Metadata(pair.First).NamespacedName, pair => s_shapes[pair.Second]!),
            [.. names.Zip(areRsa).Where(pair => pair.Second).Select(pair => Some.Metadata(pair.First).NamespacedName)],
            serverName,
            offered);
    }

    private static IEnumerable<CertificateCase> Shrink(CertificateCase value)
    {
        var ingresses = value.Snapshot.Ingresses;
        for (var i = 0; i < ingresses.Count; i++)
        {
            yield return With([.. ingresses.Take(i), .. ingresses.Skip(i + 1)]);
            foreach (var entry in ingresses[i].Tls)
            {
                var smaller = ingresses[i] with { Tls = [.. ingresses[i].Tls.Where(tls => !ReferenceEquals(tls, entry))] };
                yield return With([.. ingresses.Take(i), smaller, .. ingresses.Skip(i + 1)]);
            }
        }

        CertificateCase With(IReadOnlyList<IngressResource> fewer) => value with { Snapshot = value.Snapshot with { Ingresses = fewer } };
    }
}
