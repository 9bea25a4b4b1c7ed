using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Makes a list of objects a set: one for each identity, whatever the order of the list (semantics 5.9).</summary>
internal static class DuplicateObjects
{
    /// <summary>Leaves one object for each identity.</summary>
    /// <remarks>
    /// Sources hand over each object once, so this concerns snapshots put together by hand. The newest version counts, as it would in a
    /// cluster. Objects that are equal in age and version but not the same instance cannot be told apart, and neither is used.
    /// </remarks>
    public static IReadOnlyList<T> Remove<T>(IReadOnlyList<T> resources, DiagnosticBag diagnostics)
        where T : KubernetesResource
    {
        var chosen = new Dictionary<ResourceReference, T>(resources.Count);
        HashSet<ResourceReference>? repeated = null;
        foreach (var resource in resources)
        {
            // Unnamed objects are refused one by one later; they are not each other's duplicates.
            if (resource.Reference.Name.Length > 0
                && !chosen.TryAdd(resource.Reference, resource)
                && !ReferenceEquals(chosen[resource.Reference], resource))
            {
                (repeated ??= []).Add(resource.Reference);
            }
        }

        if (repeated is null)
        {
            return chosen.Count == resources.Count ? resources : Distinct(resources);
        }

        foreach (var reference in repeated)
        {
            if (TryChooseNewest(resources.Where(resource => resource.Reference == reference), diagnostics, out var newest))
            {
                chosen[reference] = newest;
            }
            else
            {
                chosen.Remove(reference);
            }
        }

        return Distinct(resources.Where(resource =>
            resource.Reference.Name.Length == 0 || (chosen.TryGetValue(resource.Reference, out var one) && ReferenceEquals(one, resource))));
    }

    private static List<T> Distinct<T>(IEnumerable<T> resources)
        where T : KubernetesResource
        => [.. resources.Distinct<T>(ReferenceEqualityComparer.Instance)];

    private static bool TryChooseNewest<T>(IEnumerable<T> candidates, DiagnosticBag diagnostics, [NotNullWhen(true)] out T? newest)
        where T : KubernetesResource
    {
        var byAge = Distinct(candidates)
            .OrderByDescending(static resource => resource.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue)
            .ThenByDescending(static resource => resource.Metadata.ResourceVersion?.Length ?? 0)
            .ThenByDescending(static resource => resource.Metadata.ResourceVersion, StringComparer.Ordinal)
            .ToList();

        var isAmbiguous = byAge[0].Metadata.CreationTimestamp == byAge[1].Metadata.CreationTimestamp
            && byAge[0].Metadata.ResourceVersion == byAge[1].Metadata.ResourceVersion;
        if (isAmbiguous)
        {
            diagnostics.Refuse(
                byAge[0],
                IngressDiagnosticIds.DuplicateObject,
                FieldErrorKind.Duplicate,
                "metadata.name",
                "The object was given several times, and no version is newer than the others. None of them is served.");
            newest = null;
            return false;
        }

        newest = byAge[0];
        diagnostics.Warn(
            newest,
            IngressDiagnosticIds.DuplicateObject,
            "metadata.name",
            "The object was given several times. The newest version is served.",
            FieldErrorKind.Duplicate);
        return true;
    }
}
