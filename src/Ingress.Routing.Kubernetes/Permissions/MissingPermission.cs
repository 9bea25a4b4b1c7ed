namespace Ingress.Routing.Kubernetes.Permissions;

/// <summary>Something that the API server would refuse.</summary>
/// <param name="Permission">What.</param>
/// <param name="Namespace">In which namespace; null for all of them, and for what belongs to none.</param>
/// <param name="Name">The only object that it is about; null for all.</param>
/// <param name="Reason">What the server says about it; most servers say nothing.</param>
internal sealed record MissingPermission(Permission Permission, string? Namespace, string? Name, string? Reason)
{
    /// <summary>The sentence for people.</summary>
    public override string ToString()
    {
        var place = Namespace is not null ? $"in the namespace '{Namespace}'"
            : Permission.Scope == PermissionScope.Cluster ? "which belong to no namespace" : "in all namespaces";
        var group = Permission.Group.Length > 0 ? $" of {Permission.Group}" : "";
        var reason = string.IsNullOrEmpty(Reason) ? "" : $" ({Reason})";
        return $"may not {Permission.Verb} {Permission.Resource}{group}, {place}{reason}";
    }
}
