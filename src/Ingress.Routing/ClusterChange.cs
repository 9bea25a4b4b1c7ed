using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing;

/// <summary>How one <see cref="ClusterSnapshot"/> differs from the one before. Immutable.</summary>
/// <remarks>
/// A change speaks of identities (kind, namespace and name): whatever the snapshot holds under an identity that the change mentions is taken
/// out, and <see cref="Upserted"/> is put in. Objects without a name share the identity of their kind and namespace.
/// </remarks>
public sealed record ClusterChange
{
    /// <summary>A change that changes nothing.</summary>
    public static ClusterChange None { get; } = new();

    /// <summary>The objects to put in, each instead of everything that has its identity. Unchanged objects need not be mentioned.</summary>
    public IReadOnlyList<KubernetesResource> Upserted { get; init; } = [];

    /// <summary>The identities to take out. One that nothing has is ignored.</summary>
    /// <remarks>Kept as objects refer to themselves: a missing namespace means <c>default</c> (D4), and a class has none.</remarks>
    public IReadOnlyList<ResourceReference> Removed { get; init => field = [.. value.Select(AsObjectsRefer)]; } = [];

    /// <summary>Replaces <see cref="ClusterSnapshot.SourceDiagnostics"/>; null leaves them alone.</summary>
    public IReadOnlyList<IngressDiagnostic>? SourceDiagnostics { get; init; }

    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => Upserted.Count == 0 && Removed.Count == 0 && SourceDiagnostics is null;

    /// <summary>Works out what leads from one snapshot to another. Objects are compared by instance; the cost grows with the snapshots.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ClusterChange Between(ClusterSnapshot before, ClusterSnapshot after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);

        var kept = before.Resources.ToHashSet<KubernetesResource>(ReferenceEqualityComparer.Instance);
        var added = after.Resources.Where(resource => !kept.Remove(resource)).Select(static resource => resource.Reference);
        var touched = added.Concat(kept.Select(static resource => resource.Reference)).ToHashSet();

        // Of an identity that several objects have, all of them must be mentioned again.
        var upserted = after.Resources.Where(resource => touched.Contains(resource.Reference)).ToList();
        return new()
        {
            Upserted = upserted,
            Removed = [.. touched.Except(upserted.Select(static resource => resource.Reference))],
            SourceDiagnostics = before.SourceDiagnostics.SequenceEqual(after.SourceDiagnostics) ? null : after.SourceDiagnostics,
        };
    }

    /// <summary>Joins two changes into one that has the effect of both, one after the other.</summary>
    /// <param name="later">The change that follows this one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="later"/> is null.</exception>
    public ClusterChange Then(ClusterChange later)
    {
        ArgumentNullException.ThrowIfNull(later);

        var mentioned = later.Identities();
        var upserted = Upserted.Where(resource => !mentioned.Contains(resource.Reference)).Concat(later.Upserted).ToList();
        return new()
        {
            Upserted = upserted,
            Removed = [.. Identities().Union(mentioned).Except(upserted.Select(static resource => resource.Reference))],
            SourceDiagnostics = later.SourceDiagnostics ?? SourceDiagnostics,
        };
    }

    /// <summary>All identities that the change mentions.</summary>
    internal HashSet<ResourceReference> Identities()
        => [.. Upserted.Select(static resource => resource.Reference), .. Removed];

    private static ResourceReference AsObjectsRefer(ResourceReference reference) => reference with
    {
        Namespace = reference.Kind == IngressClassResource.KindName ? null : new NamespacedName(reference.Namespace, reference.Name).Namespace,
    };
}
