namespace Ingress.Routing.Manifests.Binding;

/// <summary>The kinds that take part in routing, each with the one version of it that is read.</summary>
internal static class KnownKind
{
    /// <summary>The name of the list of anything.</summary>
    public const string List = "List";

    private const string Core = "v1";

    /// <summary>The <c>apiVersion</c> to write for a kind; null when the kind takes no part in routing.</summary>
    public static string? ApiVersionOf(string kind) => kind switch
    {
        "Ingress" or "IngressClass" => "networking.k8s.io/v1",
        "EndpointSlice" => "discovery.k8s.io/v1",
        "Service" or "Endpoints" or "Secret" or "ConfigMap" => Core,
        _ => null,
    };

    /// <summary>Whether objects of the kind belong to no namespace.</summary>
    public static bool IsClusterScoped(string kind) => kind == "IngressClass";

    /// <summary>
    /// Whether an <c>apiVersion</c> is that of a kind, in whatever version. Other projects have an Ingress or a Service of their own,
    /// in a group of their own; those are none of ours.
    /// </summary>
    public static bool IsMeant(string kind, string apiVersion)
    {
        var group = GroupOf(apiVersion);
        return group.Length == 0
            || group == GroupOf(ApiVersionOf(kind) ?? "")
            || (group == "extensions" && kind is "Ingress" or "IngressClass");
    }

    /// <summary>The kind of the elements of a list kind; null for any other kind.</summary>
    public static string? ItemKindOf(string kind)
        => kind.EndsWith(List, StringComparison.Ordinal) && ApiVersionOf(kind[..^List.Length]) is not null ? kind[..^List.Length] : null;

    private static string GroupOf(string apiVersion)
        => apiVersion.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? apiVersion[..slash] : "";
}
