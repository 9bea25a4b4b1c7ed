using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Who came first (D6a): by creation time in whole seconds, then by <c>namespace/name</c> as joined text, ascending.</summary>
internal sealed class AgeOrder : IComparer<IngressResource>
{
    public static readonly AgeOrder Instance = new();

    private AgeOrder()
    {
    }

    /// <summary>When an object was created, in whole seconds; a missing time is the zero time (D4).</summary>
    public static long CreationSecond(KubernetesResource resource)
        => (resource.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue).UtcTicks / TimeSpan.TicksPerSecond;

    public int Compare(IngressResource? x, IngressResource? y)
    {
        if (ReferenceEquals(x, y))
        {
            return 0;
        }

        var order = CreationSecond(x!).CompareTo(CreationSecond(y!));
        return order != 0 ? order : CompareJoined(x!.Name, y!.Name);
    }

    // The joined text, not the two parts one after the other: "team-a/x" is before "team/x" (trap 12).
    private static int CompareJoined(NamespacedName x, NamespacedName y)
        => x.Namespace == y.Namespace ? string.CompareOrdinal(x.Name, y.Name) : NamespacedName.Ordinal.Compare(x, y);
}
