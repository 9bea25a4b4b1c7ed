using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Who came first (D6a).</summary>
internal static class AgeOrder
{
    /// <summary>Sorts by creation time in whole seconds, then by <c>namespace/name</c> as joined text, ascending.</summary>
    // The joined text, not the two parts one after the other: "team-a/x" is before "team/x" (trap 12).
    public static List<IngressResource> Sort(IEnumerable<IngressResource> ingresses)
        => [.. ingresses
            .OrderBy(static ingress => CreationSecond(ingress))
            .ThenBy(static ingress => ingress.Name.ToString(), StringComparer.Ordinal)];

    /// <summary>When an object was created, in whole seconds; a missing time is the zero time (D4).</summary>
    public static long CreationSecond(KubernetesResource resource)
        => (resource.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue).UtcTicks / TimeSpan.TicksPerSecond;
}
