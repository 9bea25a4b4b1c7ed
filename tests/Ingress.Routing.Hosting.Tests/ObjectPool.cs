using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>Random objects of few names, and random changes of them: small alphabets, so that collisions happen.</summary>
internal sealed class ObjectPool(Random random)
{
    private readonly KubernetesResource[] _objects = [.. Enumerable.Range(0, 3).SelectMany(static _ => Versions())];

    /// <summary>A change of up to a few objects; what it removes need not exist.</summary>
    public ClusterChange Change() => new()
    {
        Upserted = [.. Pick(3)],
        Removed = [.. Pick(2).Select(static resource => resource.Reference)],
        SourceDiagnostics = random.Next(5) > 0 ? null : [.. Pick(2).Select(static resource => ReferenceMerger.GivenTwice(resource))],
    };

    /// <summary>Up to some of the objects, perhaps one several times in different versions, never the same twice.</summary>
    public IEnumerable<KubernetesResource> Pick(int count)
        => random.GetItems(_objects, random.Next(count + 1)).Distinct<KubernetesResource>(ReferenceEqualityComparer.Instance);

    private static IEnumerable<KubernetesResource> Versions() =>
    [
        Some.Ingress("shop/a", [Some.Rule("a.test", Some.Prefix("/"))]),
        Some.Ingress("shop/b", [Some.Rule("a.test", Some.Prefix("/"))]),
        Some.Ingress("shop/c", [Some.Rule("NOT.A.HOST", Some.Prefix("/"))]),
        new IngressResource { Metadata = new() { Namespace = "shop" } }, // nameless
        Some.Service("shop/web"),
        Some.Service("shop/b"),
        Some.Slice("shop/web", 80, "10.0.0.1"),
        Some.Class("a"),
        new SecretResource { Metadata = Some.Metadata("shop/tls") },
    ];
}
