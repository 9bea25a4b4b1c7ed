using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The Ingresses that a change leaves alone, but for objects that they refer to.</summary>
internal sealed class StaleIngresses
{
    /// <summary>Those whose TLS entries name a Secret that changed.</summary>
    public HashSet<IngressResource> Certificates { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Those whose annotations asked for an object that changed, came or went.</summary>
    public HashSet<IngressResource> Policies { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds them.</summary>
    /// <param name="before">Where they refer to anything.</param>
    /// <param name="ceased">The Ingresses that are changed themselves.</param>
    public static StaleIngresses Of(CompiledRoutes before, ClusterObjectChanges changes, HashSet<IngressResource> ceased)
    {
        var stale = new StaleIngresses();
        stale.Add(changes.Secrets, before, ceased);
        stale.Add(changes.ConfigMaps, before, ceased);
        stale.Add(changes.Services, before, ceased);
        return stale;
    }

    private void Add<T>(List<ObjectChange<T>> changes, CompiledRoutes before, HashSet<IngressResource> ceased)
        where T : KubernetesResource
    {
        foreach (var change in changes)
        {
            var resource = (change.After ?? change.Before)!.Reference;
            foreach (var ingress in before.Users.Of(resource).Where(ingress => !ceased.Contains(ingress)))
            {
                if (resource.Kind == SecretResource.KindName && ingress.Tls.Any(tls => tls.SecretName == resource.Name))
                {
                    Certificates.Add(ingress);
                }

                if (before.Policies.Of(ingress)?.References.Contains(resource) == true)
                {
                    Policies.Add(ingress);
                }
            }
        }
    }
}
