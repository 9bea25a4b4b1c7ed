namespace Ingress.Routing.Kubernetes.Permissions;

/// <summary>One thing that the gateway asks of the API server.</summary>
/// <param name="Group">The group of the API; empty for the core group.</param>
/// <param name="Resource">The resource, with its subresource if it is about one: <c>ingresses/status</c>.</param>
/// <param name="Verb">What is done with it.</param>
/// <param name="Scope">Where.</param>
internal sealed record Permission(string Group, string Resource, string Verb, PermissionScope Scope)
{
    private const string Lease = "leases";

    private static readonly string[] s_reading = ["get", "list", "watch"];

    /// <summary>All of them, which is what <c>deploy/</c> grants (K42).</summary>
    public static IReadOnlyList<Permission> All { get; } =
    [
        .. Reading("networking.k8s.io", "ingresses", PermissionScope.ServedNamespaces),
        .. Reading("networking.k8s.io", "ingressclasses", PermissionScope.Cluster),
        .. Reading("", "services", PermissionScope.ServedNamespaces),
        .. Reading("", "secrets", PermissionScope.ServedNamespaces),
        .. Reading("discovery.k8s.io", "endpointslices", PermissionScope.ServedNamespaces),
        new("networking.k8s.io", "ingresses/status", "patch", PermissionScope.ServedNamespaces),
        new("coordination.k8s.io", Lease, "create", PermissionScope.OwnNamespace),
        new("coordination.k8s.io", Lease, "get", PermissionScope.OwnNamespace),
        new("coordination.k8s.io", Lease, "update", PermissionScope.OwnNamespace),
        new("events.k8s.io", "events", "create", PermissionScope.ServedNamespaces),
        new("events.k8s.io", "events", "patch", PermissionScope.ServedNamespaces),
    ];

    /// <summary>What a selector of namespaces needs besides.</summary>
    public static IReadOnlyList<Permission> ForNamespaceSelector { get; } = [.. Reading("", "namespaces", PermissionScope.Cluster).Skip(1)];

    /// <summary>Whether it is only needed to write statuses and events.</summary>
    public bool IsForWriting => Verb is "patch" or "create" or "update" || Resource == Lease;

    /// <summary>Whether a rule can limit it to one name: there is none yet when something is created.</summary>
    public bool IsNamed => Resource == Lease && Verb != "create";

    private static IEnumerable<Permission> Reading(string group, string resource, PermissionScope scope)
        => s_reading.Select(verb => new Permission(group, resource, verb, scope));
}
