namespace Ingress.Routing.Kubernetes.Permissions;

/// <summary>Where a permission is needed.</summary>
internal enum PermissionScope
{
    /// <summary>In every namespace that is served.</summary>
    ServedNamespaces,

    /// <summary>For objects that belong to no namespace.</summary>
    Cluster,

    /// <summary>In the namespace of the gateway itself.</summary>
    OwnNamespace,
}
