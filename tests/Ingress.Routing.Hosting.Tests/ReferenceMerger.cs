using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>Makes one snapshot of those of several sources: slow, from scratch, and obvious.</summary>
internal static class ReferenceMerger
{
    /// <param name="snapshots">One snapshot of each source. Of an object in several of them, the first is kept.</param>
    public static ClusterSnapshot Merge(IReadOnlyList<ClusterSnapshot> snapshots)
    {
        if (snapshots.Count <= 1)
        {
            return snapshots.Count == 0 ? ClusterSnapshot.Empty : snapshots[0];
        }

        var diagnostics = new List<IngressDiagnostic>(snapshots.SelectMany(static snapshot => snapshot.SourceDiagnostics));
        return new()
        {
            Ingresses = MergeKind(snapshots, static snapshot => snapshot.Ingresses, diagnostics),
            IngressClasses = MergeKind(snapshots, static snapshot => snapshot.IngressClasses, diagnostics),
            Services = MergeKind(snapshots, static snapshot => snapshot.Services, diagnostics),
            EndpointSlices = MergeKind(snapshots, static snapshot => snapshot.EndpointSlices, diagnostics),
            Secrets = MergeKind(snapshots, static snapshot => snapshot.Secrets, diagnostics),
            SourceDiagnostics = diagnostics,
        };
    }

    // What one source itself gives twice is passed on: only the compiler judges content.
    private static List<T> MergeKind<T>(
        IReadOnlyList<ClusterSnapshot> snapshots, Func<ClusterSnapshot, IReadOnlyList<T>> select, List<IngressDiagnostic> diagnostics)
        where T : KubernetesResource
    {
        var merged = new List<T>();
        var owners = new Dictionary<ResourceReference, T>();
        foreach (var resources in snapshots.Select(select))
        {
            var alreadyMerged = merged.Count;
            foreach (var resource in resources)
            {
                if (!owners.TryGetValue(resource.Reference, out var owner))
                {
                    merged.Add(resource);
                }
                else if (!ReferenceEquals(owner, resource))
                {
                    diagnostics.Add(GivenTwice(resource));
                }
            }

            foreach (var resource in merged.Skip(alreadyMerged))
            {
                owners.TryAdd(resource.Reference, resource);
            }
        }

        return merged;
    }

    public static IngressDiagnostic GivenTwice(KubernetesResource resource) => new()
    {
        Id = IngressDiagnosticIds.DuplicateObject,
        Severity = IngressDiagnosticSeverity.Warning,
        Resource = resource.Reference,
        Message = "A source that was added earlier gives this object as well. That one is used, and this one is ignored.",
        Location = resource.Origin?.Locate(""),
    };
}
