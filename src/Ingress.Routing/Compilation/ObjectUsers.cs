using System.Collections.Immutable;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>
/// The one index from an object to the Ingresses that refer to it, for certificates and policies alike. It knows of objects that do not exist
/// yet. Immutable.
/// </summary>
internal sealed class ObjectUsers
{
    public static readonly ObjectUsers Empty = new([]);

    // By instance: records compare their content, which is both slow and not meant.
    private static readonly ImmutableHashSet<IngressResource> s_none = ImmutableHashSet.Create<IngressResource>(ReferenceEqualityComparer.Instance);

    private readonly ImmutableDictionary<ResourceReference, ImmutableHashSet<IngressResource>> _users;

    private ObjectUsers(ImmutableDictionary<ResourceReference, ImmutableHashSet<IngressResource>> users) => _users = users;

    /// <summary>The Ingresses that refer to an object.</summary>
    public ImmutableHashSet<IngressResource> Of(ResourceReference resource) => _users.GetValueOrDefault(resource, s_none);

    /// <summary>The index after some Ingresses ceased to refer to what they referred to, and others began.</summary>
    public ObjectUsers With(
        IEnumerable<IngressResource> ceased, PolicyDirectory before, IEnumerable<IngressResource> begun, PolicyDirectory after)
    {
        var users = _users.ToBuilder();
        foreach (var ingress in ceased)
        {
            foreach (var resource in ReferencesOf(ingress, before))
            {
                if (!users.TryGetValue(resource, out var others))
                {
                    continue;
                }

                if (others.Remove(ingress) is { IsEmpty: false } rest)
                {
                    users[resource] = rest;
                }
                else
                {
                    users.Remove(resource);
                }
            }
        }

        foreach (var ingress in begun)
        {
            foreach (var resource in ReferencesOf(ingress, after))
            {
                users[resource] = users.GetValueOrDefault(resource, s_none).Add(ingress);
            }
        }

        return new(users.ToImmutable());
    }

    private static IEnumerable<ResourceReference> ReferencesOf(IngressResource ingress, PolicyDirectory policies)
    {
        for (var i = 0; i < ingress.Tls.Count; i++)
        {
            if (TlsEntries.SecretOf(ingress, ingress.Tls[i]) is { } name)
            {
                yield return new(SecretResource.KindName, name.Namespace, name.Name);
            }
        }

        if (policies.Of(ingress) is { } requested)
        {
            foreach (var resource in requested.References)
            {
                yield return resource;
            }
        }
    }
}
