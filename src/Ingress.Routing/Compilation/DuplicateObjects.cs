using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Decides which of several objects with one identity counts, whatever their order (semantics 5.9).</summary>
/// <remarks>
/// Sources hand over each object once, so this concerns snapshots put together by hand. The newest version counts, as it would in a
/// cluster. Versions of the same age that are not the same instance cannot be told apart, and none of them is used.
/// </remarks>
internal static class DuplicateObjects
{
    /// <summary>The version that counts; null when there is none.</summary>
    public static T? Newest<T>(IReadOnlyList<T> versions)
        where T : KubernetesResource
    {
        var ordered = NewestFirst(versions);
        return versions.Count > 1 && IsSameVersion(ordered[0], ordered[1]) ? null : ordered[0];
    }

    /// <summary>Reports the versions of one object.</summary>
    public static void Report<T>(IReadOnlyList<T> versions, DiagnosticBag diagnostics)
        where T : KubernetesResource
    {
        var ordered = NewestFirst(versions);
        if (IsSameVersion(ordered[0], ordered[1]))
        {
            diagnostics.Refuse(
                ordered[0],
                IngressDiagnosticIds.DuplicateObject,
                FieldErrorKind.Duplicate,
                "metadata.name",
                "The object was given several times, and no version is newer than the others. None of them is used.");
            return;
        }

        diagnostics.Warn(
            ordered[0],
            IngressDiagnosticIds.DuplicateObject,
            "metadata.name",
            "The object was given several times. The newest version is used.",
            FieldErrorKind.Duplicate);
    }

    // Resource versions are numbers of any length, written without leading zeros.
    private static List<T> NewestFirst<T>(IReadOnlyList<T> versions)
        where T : KubernetesResource
        => [.. versions
            .OrderByDescending(AgeOrder.CreationSecond)
            .ThenByDescending(static version => version.Metadata.ResourceVersion?.Length ?? 0)
            .ThenByDescending(static version => version.Metadata.ResourceVersion, StringComparer.Ordinal)];

    private static bool IsSameVersion(KubernetesResource x, KubernetesResource y)
        => AgeOrder.CreationSecond(x) == AgeOrder.CreationSecond(y) && x.Metadata.ResourceVersion == y.Metadata.ResourceVersion;
}
