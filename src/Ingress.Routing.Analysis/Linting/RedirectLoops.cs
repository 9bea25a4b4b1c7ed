using Ingress.Routing.Diagnostics;
using Ingress.Routing.Explanation;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Linting;

/// <summary>Redirects that lead a client round and round within the table (INGR123).</summary>
internal static class RedirectLoops
{
    // Browsers give up after 20.
    private const int MostRedirects = 10;

    public static void Report(LintedTable table)
    {
        foreach (var item in PolicyRoutes.All(table).Where(static item => Redirects(item.Policies)))
        {
            var starts = item.Claims.SelectMany(claim => StartsOf(claim, table));
            var loop = starts.Select(start => Follow(start, table)).FirstOrDefault(static way => way is not null);
            if (loop is not null)
            {
                table.Diagnostics.Warn(
                    item.Owner.Ingress,
                    IngressDiagnosticIds.RedirectLoop,
                    item.FieldOfFirst(table, "redirect-target", "redirect-host", "redirect-scheme", "www-redirect", "app-root"),
                    $"Clients never arrive: {string.Join(" -> ", loop)}{(loop.Count > MostRedirects ? " and so on" : "")}. Let one of these redirects leave out the paths that another leads to.");
            }
        }
    }

    private static bool Redirects(RoutePolicies policies)
        => policies.Find<PathRedirect>() is not null || policies.Find<WwwRedirect>() is not null || policies.Find<AppRootRedirect>() is not null;

    private static IEnumerable<Step> StartsOf(PathClaim claim, LintedTable table)
    {
        var host = table.Witnesses.HostOf(claim.Host);
        string[] paths = [table.CanonicalPathOf(claim.Written!), table.Witnesses.PathOf(claim.Written!)];
        return paths.Distinct().SelectMany(path => new[] { new Step("http", host, path), new Step("https", host, path) });
    }

    /// <summary>The way of a client that never arrives; null when it does, or leaves the table.</summary>
    private static List<Step>? Follow(Step step, LintedTable table)
    {
        var way = new List<Step>();
        for (Step? next = step; next is not null; next = Next(next, table.Table))
        {
            var isBack = way.Contains(next);
            way.Add(next);
            if (isBack || way.Count > MostRedirects)
            {
                return way;
            }
        }

        return null;
    }

    private static Step? Next(Step step, IngressRouteTable table)
    {
        var match = table.Match(step.Host, step.Target);
        if (match.Route is not { } route)
        {
            return null;
        }

        var outcome = route.Policies.Evaluate(new PolicyRequest(match, IngressRouteTable.ReadHost(step.Host, step.Target)) { Scheme = step.Scheme, HasCertificate = table.FindCertificate(step.Host) is not null });
        return outcome.Location is { } location ? step.To(location) : null;
    }

    private sealed record Step(string Scheme, string Host, string Target)
    {
        public Step To(string location)
        {
            if (location.StartsWith('/'))
            {
                return this with { Target = WithoutFragment(location) };
            }

            var url = RequestUrl.Parse(WithoutFragment(location));
            return new(url.IsHttps ? "https" : "http", url.Host, url.Target);
        }

        public override string ToString() => $"{Scheme}://{Host}{Target}";

        private static string WithoutFragment(string url) => url.IndexOf('#', StringComparison.Ordinal) is >= 0 and var end ? url[..end] : url;
    }
}
