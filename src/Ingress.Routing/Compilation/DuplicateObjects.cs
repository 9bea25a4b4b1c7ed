using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Makes a list of objects a set: one for each identity, whatever the order of the list (semantics 5.9).</summary>
internal static class DuplicateObjects
{
    /// <summary>Leaves one object for each identity. Objects without a name have none, and all of them stay.</summary>
    /// <remarks>
    /// Sources hand over each object once, so this concerns snapshots put together by hand. The newest version counts, as it would in a
    /// cluster. Versions of the same age that are not the same instance cannot be told apart, and none of them is used.
    /// </remarks>
    public static IReadOnlyList<T> Remove<T>(IReadOnlyList<T> resources, DiagnosticBag diagnostics)
        where T : KubernetesResource
    {
        var names = new HashSet<ResourceReference>(resources.Count);
        if (resources.All(resource => IsUnnamed(resource) || names.Add(resource.Reference)))
        {
            return resources;
        }

        return [.. resources
            .Where(static resource => !IsUnnamed(resource))
            .Distinct<T>(ReferenceEqualityComparer.Instance)
            .GroupBy(static resource => resource.Reference)
            .SelectMany(versions => Newest([.. versions], diagnostics)),
            .. resources.Where(IsUnnamed)];
    }

    private static bool IsUnnamed(KubernetesResource resource) => resource.Reference.Name.Length == 0;

    private static List<T> Newest<T>(List<T> versions, DiagnosticBag diagnostics)
        where T : KubernetesResource
    {
        if (versions.Count == 1)
        {
            return versions;
        }

        // Resource versions are numbers of any length, written without leading zeros.
        var ordered = versions
            .OrderByDescending(AgeOrder.CreationSecond)
            .ThenByDescending(static version => version.Metadata.ResourceVersion?.Length ?? 0)
            .ThenByDescending(static version => version.Metadata.ResourceVersion, StringComparer.Ordinal)
            .ToList();
        var (newest, second) = (ordered[0], ordered[1]);
        if (AgeOrder.CreationSecond(newest) == AgeOrder.CreationSecond(second)
            && newest.Metadata.ResourceVersion == second.Metadata.ResourceVersion)
        {
            diagnostics.Refuse(
                newest,
                IngressDiagnosticIds.DuplicateObject,
                FieldErrorKind.Duplicate,
                "metadata.name",
                "The object was given several times, and no version is newer than the others. None of them is used.");
            return [];
        }

        diagnostics.Warn(
            newest,
            IngressDiagnosticIds.DuplicateObject,
            "metadata.name",
            "The object was given several times. The newest version is used.",
            FieldErrorKind.Duplicate);
        return [newest];
    }
}
