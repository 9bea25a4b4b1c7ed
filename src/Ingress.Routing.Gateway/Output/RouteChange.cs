using Ingress.Routing.Comparison;

namespace Ingress.Routing.Gateway.Output;

/// <summary>One line about what happens to requests: a difference, or several below one host that come to the same.</summary>
/// <param name="Kind">What happens, in a word.</param>
/// <param name="Paths">Which paths.</param>
/// <param name="Before">Who answered.</param>
/// <param name="After">Who answers now.</param>
/// <param name="Differences">The differences; the first one is the example.</param>
internal sealed record RouteChange(string Kind, string Paths, string Before, string After, IReadOnlyList<RouteDifference> Differences)
{
    // A host that is lost with its fifty paths is one thing that happened, not fifty.
    private const int MostAlike = 3;

    public static IReadOnlyList<RouteChange> Of(HostDifference host)
    {
        var changes = new List<RouteChange>();
        foreach (var group in host.Routes.GroupBy(static route => IsGained(route) ? "gained" : route.After.ToString(), StringComparer.Ordinal))
        {
            IReadOnlyList<RouteDifference> alike = [.. group];
            if (alike.Count <= MostAlike)
            {
                changes.AddRange(alike.Select(static route => Of([route], route.Paths.ToString())));
                continue;
            }

            changes.Add(Of(alike, alike.Count == host.Routes.Count
                ? host.Paths.ToString()
                : ListText.Of([.. alike.SelectMany(static route => route.Paths.Ranges)])));
        }

        return changes;
    }

    private static RouteChange Of(IReadOnlyList<RouteDifference> alike, string paths) => new(
        IsGained(alike[0]) ? "gained" : alike[0].After.Status == IngressMatchStatus.NotFound ? "lost" : "moved",
        paths,
        ListText.Of([.. alike.Select(static route => route.Before.ToString()).Distinct()]),
        ListText.Of([.. alike.Select(NameAfter).Distinct()]),
        alike);

    private static bool IsGained(RouteDifference route) => route.Before.Status == IngressMatchStatus.NotFound;

    // Only where it is news that nobody will answer: often the manifests hold no Services at all.
    private static string NameAfter(RouteDifference route)
        => route.Before.StatusCode is null && route.After.StatusCode == 503 ? $"{route.After} (503, no destination)" : route.After.ToString();
}
