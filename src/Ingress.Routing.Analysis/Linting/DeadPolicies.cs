using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Linting;

/// <summary>Policies that no request meets (INGR122).</summary>
internal static class DeadPolicies
{
    public static void Report(LintedTable table)
    {
        foreach (var item in PolicyRoutes.All(table))
        {
            if (item.Claims.Count == 0 && !item.HasDefault(table))
            {
                // Where paths are lost to others, INGR110 says so.
                if (!UnreachedIngresses.IsUnreached(item.Owner, table))
                {
                    Report(item, "metadata.annotations", "No request reaches a path or a default backend of this Ingress, so its annotations about requests do nothing.", table);
                }

                continue;
            }

            if (item.Policies.Find<AppRootRedirect>() is { } appRoot && !TakesRoot(item, table))
            {
                Report(
                    item, item.FieldOf("app-root", table), $"No path of this Ingress takes '/', so no client is redirected to '{appRoot.Path}'. Add a path '/', Exact if nothing else is meant.", table);
            }

            ReportPattern(item, item.Policies.Find<PathRedirect>()?.Pattern, "redirect-pattern", "redirected", table);
            ReportPattern(item, item.Policies.Find<PathRewrite>()?.Pattern, "rewrite-pattern", "rewritten", table);
        }
    }

    private static void ReportPattern(PolicyRoutes item, PathPattern? pattern, string annotation, string what, LintedTable table)
    {
        if (pattern is null || item.HasDefault(table) || item.Claims.Any(claim => table.PatternOf(claim) is not null || PatternReach.CanMatch(pattern, claim.Written!, table)))
        {
            return;
        }

        var paths = string.Join(", ", item.Claims.Select(static claim => $"'{claim.Written!.Path}'").Distinct().Take(3));
        Report(
            item,
            item.FieldOf(annotation, table),
            $"No path that reaches this Ingress ({paths}) fits the pattern '{pattern}', so nothing is {what}. A pattern is compared with the whole path of the request, from its first character.",
            table);
    }

    private static bool TakesRoot(PolicyRoutes item, LintedTable table)
        => item.Owner.Ingress.Rules.Select(static rule => rule.Host ?? "").Append("").Distinct()
            .Any(bucket => table.Reached.RouteOf(new(table.Witnesses.HostOf(bucket), "/"))?.Source.IsOf(item.Owner.Ingress) == true);

    private static void Report(PolicyRoutes item, string field, string message, LintedTable table)
        => table.Diagnostics.Warn(item.Owner.Ingress, IngressDiagnosticIds.PolicyNeverApplies, field, message);
}
