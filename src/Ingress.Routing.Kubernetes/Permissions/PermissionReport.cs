namespace Ingress.Routing.Kubernetes.Permissions;

/// <summary>What an account may not do.</summary>
/// <param name="Missing">What is missing; empty when nothing is.</param>
/// <param name="Problem">Why some of it is not known; null when all is.</param>
internal sealed record PermissionReport(IReadOnlyList<MissingPermission> Missing, string? Problem)
{
    /// <summary>The rules to add, as YAML for a Role or a ClusterRole: one for each place.</summary>
    public IEnumerable<string> Rules()
    {
        foreach (var place in Missing.GroupBy(static missing => missing.Namespace))
        {
            yield return place.Key is null ? "# in a ClusterRole, bound by a ClusterRoleBinding" : $"# in a Role of the namespace {place.Key}, bound by a RoleBinding";
            yield return "rules:";
            foreach (var rule in place.GroupBy(static missing => (missing.Permission.Group, missing.Permission.Resource, missing.Name)))
            {
                yield return $"  - apiGroups: [{(rule.Key.Group.Length > 0 ? rule.Key.Group : "\"\"")}]";
                yield return $"    resources: [{rule.Key.Resource}]";
                if (rule.Key.Name is { } name)
                {
                    yield return $"    resourceNames: [{name}]";
                }

                yield return $"    verbs: [{string.Join(", ", rule.Select(static missing => missing.Permission.Verb))}]";
            }
        }
    }
}
