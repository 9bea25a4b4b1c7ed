using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>D6a: whole seconds of the creation time, then the bytes of <c>namespace/name</c>.</summary>
internal static class ReferenceAge
{
    public static Comparer<IngressResource> Order { get; } = Comparer<IngressResource>.Create((x, y) =>
    {
        var byTime = Seconds(x).CompareTo(Seconds(y));
        return byTime != 0 ? byTime : string.CompareOrdinal(Joined(x), Joined(y));
    });

    private static long Seconds(IngressResource ingress)
        => ingress.Metadata.CreationTimestamp is { } time ? time.ToUnixTimeSeconds() : long.MinValue;

    private static string Joined(IngressResource ingress)
        => (string.IsNullOrEmpty(ingress.Metadata.Namespace) ? "default" : ingress.Metadata.Namespace) + "/" + ingress.Metadata.Name;
}
