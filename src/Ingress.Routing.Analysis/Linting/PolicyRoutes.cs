using Ingress.Routing.Explanation;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Linting;

/// <summary>A served Ingress whose annotations ask for policies.</summary>
/// <param name="Owner">The Ingress.</param>
/// <param name="Policies">The policies of its routes.</param>
/// <param name="Claims">Its paths that requests reach.</param>
internal sealed record PolicyRoutes(EvaluatedIngress Owner, RoutePolicies Policies, IReadOnlyList<PathClaim> Claims)
{
    /// <summary>All of them, oldest first. What is closed does nothing that is worth a finding.</summary>
    public static IEnumerable<PolicyRoutes> All(LintedTable table)
        => from owner in table.Served
           let policies = table.Table.Policies.Of(owner.Ingress)?.Route
           where policies is { IsEmpty: false, IsClosed: false }
           select new PolicyRoutes(owner, policies, [.. PathClaim.Of(owner, 0).Where(claim => claim.Written is not null && table.Reached.Reaches(claim))]);

    /// <summary>The field of an annotation of our own; the annotations as a whole when another dialect asks for the policy.</summary>
    public string FieldOf(string annotation, LintedTable table)
    {
        var key = $"{table.Table.Options.AnnotationPrefix}/{annotation}";
        return Owner.Ingress.Metadata.Annotations.ContainsKey(key) ? $"metadata.annotations[{key}]" : "metadata.annotations";
    }

    /// <summary>The first of some annotations that the Ingress has.</summary>
    public string FieldOfFirst(LintedTable table, params ReadOnlySpan<string> annotations)
    {
        foreach (var annotation in annotations)
        {
            if (FieldOf(annotation, table) is var field && field.EndsWith(']'))
            {
                return field;
            }
        }

        return "metadata.annotations";
    }

    /// <summary>Whether requests reach the default backend of the Ingress, which takes any path.</summary>
    public bool HasDefault(LintedTable table) => Owner.Ingress.DefaultBackend is not null && table.Reached.ReachesDefault(Owner);
}
