using Ingress.Routing.Diagnostics;
using Ingress.Routing.Explanation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Linting;

/// <summary>Paths of a wildcard or host-less rule that a more specific host hides without answering them itself (INGR112, D5b).</summary>
internal static class HiddenPaths
{
    public static void Report(LintedTable table)
    {
        var wide = table.Table.Routes
            .Where(static route => route.Path is not null && route.Pattern is null)
            .ToLookup(static route => route.Host ?? "", StringComparer.Ordinal);
        var found = new List<(PathClaim First, List<IngressRoute> Hidden)>();
        foreach (var bucket in table.Buckets.Where(static bucket => bucket.Key.Length > 0))
        {
            if (WiderBucketOf(bucket.Key, table) is not { } wider)
            {
                continue;
            }

            // Those that no path of the host fits, and of them only what the wider one would have answered.
            var hidden = wide[wider].Where(route => IsHidden(route, bucket.Key, table)).ToList();
            if (hidden.Count > 0)
            {
                found.Add((bucket.First(), hidden));
            }
        }

        // One wide rule beside many hosts is one thing to know.
        foreach (var group in found.GroupBy(static item => item.Hidden[0], ReferenceEqualityComparer.Instance))
        {
            Report([.. group], table);
        }
    }

    private static string? WiderBucketOf(string host, LintedTable table)
        => LintedTable.WildcardOf(host) is { } wildcard && table.Buckets.Contains(wildcard) ? wildcard
            : table.Buckets.Contains("") ? ""
            : null;

    private static bool IsHidden(IngressRoute route, string bucket, LintedTable table)
    {
        var path = table.Witnesses.PathOf(new() { Path = route.PathAsWritten, PathType = NameOf(route.PathType) });
        var host = table.Witnesses.HostOf(bucket);
        return table.Table.Match(host, path).Status is IngressMatchStatus.NotFound or IngressMatchStatus.DefaultBackend
            && table.Table.Candidates(host, path).All(static candidate => candidate?.Path is null);
    }

    private static void Report(List<(PathClaim First, List<IngressRoute> Hidden)> found, LintedTable table)
    {
        const int MostNames = 3;
        var (first, hidden) = found[0];
        var route = hidden[0];
        var others = found.TrueForAll(item => item.Hidden.Count == hidden.Count) ? hidden.Count - 1 : 0;
        var more = others > 0 ? $", and {others} more of its paths" : "";
        var hosts = string.Join(", ", found.Take(MostNames).Select(static item => $"'{item.First.Host}'"));
        var moreHosts = found.Count > MostNames ? $" and {found.Count - MostNames} more hosts" : "";
        var why = found.Count > 1 ? "a more specific host owns all its paths" : "the more specific host owns all its paths";
        table.Diagnostics.Inform(
            first.Ingress,
            IngressDiagnosticIds.HostHidesPaths,
            $"spec.rules[{first.RuleIndex}].host",
            $"Requests for {hosts}{moreHosts} never fall through to {route.PathType} '{route.PathAsWritten}' of {route.Host ?? "all hosts"} in "
            + $"{route.Source.Resource.Kind} '{route.Source.Name}'{more}: {why}.");
    }

    private static string NameOf(PathType type) => type switch
    {
        PathType.Exact => PathTypes.Exact,
        PathType.Prefix => PathTypes.Prefix,
        _ => PathTypes.ImplementationSpecific,
    };
}
