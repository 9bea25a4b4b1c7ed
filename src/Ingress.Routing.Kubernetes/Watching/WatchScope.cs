using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>What one list and one watch cover.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">One namespace; null for all.</param>
/// <param name="FieldSelector">What the server leaves out; null for nothing.</param>
internal sealed record WatchScope(WatchedKind Kind, string? Namespace, string? FieldSelector = null)
{
    /// <summary>All TLS Secrets (K9): evaluated by the server, so that others never come here.</summary>
    public const string TlsSecrets = "type=kubernetes.io/tls";

    private const string NameField = "metadata.name=";

    /// <summary>One object (K9, K10).</summary>
    public static WatchScope One(WatchedKind kind, NamespacedName name) => new(kind, name.Namespace, NameField + name.Name);

    /// <summary>Whether it is about one object, which somebody referred to.</summary>
    public bool IsOneObject => FieldSelector?.StartsWith(NameField, StringComparison.Ordinal) == true;

    /// <summary>Whether an object is among them: what stands between us and the API server may know no selectors of fields.</summary>
    public bool Covers(KubernetesResource resource) => FieldSelector switch
    {
        null => true,
        TlsSecrets => resource is SecretResource { Type: SecretResource.TlsType },
        _ => FieldSelector == NameField + resource.Metadata.Name,
    };

    public string ListPath(int limit, string? token)
        => Query($"limit={limit}", token is null ? null : $"continue={Uri.EscapeDataString(token)}");

    public string WatchPath(string version, int seconds)
        => Query("watch=1", "allowWatchBookmarks=true", $"resourceVersion={Uri.EscapeDataString(version)}", $"timeoutSeconds={seconds}");

    /// <summary>The rule that allows it, to be added to a Role or ClusterRole.</summary>
    public string MissingRule
        => $"{{apiGroups: [\"{Kind.Group}\"], resources: [\"{Kind.Plural}\"], verbs: [\"get\", \"list\", \"watch\"]}} in "
            + (Namespace is null || Kind.IsClusterScoped ? "a ClusterRole, with a ClusterRoleBinding" : $"a Role and RoleBinding of namespace '{Namespace}', or a ClusterRole");

    /// <inheritdoc />
    public override string ToString()
        => Kind.Plural + (Namespace is null ? "" : $" in namespace '{Namespace}'") + (FieldSelector is null ? "" : $" with {FieldSelector}");

    private string Query(params string?[] parts)
        => $"{Kind.PathIn(Namespace)}?{string.Join('&', parts.Append(FieldSelector is null ? null : $"fieldSelector={Uri.EscapeDataString(FieldSelector)}").OfType<string>())}";
}
