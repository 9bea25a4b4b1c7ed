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
        IsGained(alike[0]) ? "gained" : alike[0].After.Status == IngressMatchStatus.NotFound ? "lost" : alike.All(HasOtherPolicies) ? "policy" : "moved",
        paths,
        ListText.Of([.. alike.Select(static route => TextOf(route.Before, route.After)).Distinct()]),
        ListText.Of([.. alike.Select(NameAfter).Distinct()]),
        alike);

    // The backend is the same, and what is done on the way is not.
    private static bool HasOtherPolicies(RouteDifference route)
        => route is { Before.Route: not null, After.Route: not null } && route.Before.Backend == route.After.Backend && !route.Before.Policies.Equals(route.After.Policies);

    // Where both sides have the same backend, only the policies that differ are news.
    private static string TextOf(RequestAnswer answer, RequestAnswer other)
    {
        if (answer.Route is null || answer.Backend != other.Backend)
        {
            return answer.ToString();
        }

        var differing = answer.Policies.All.Except(other.Policies.All).Select(static policy => policy.Describe());
        var text = string.Join("; ", differing);
        return text.Length == 0 ? answer.Backend : $"{answer.Backend} ({text})";
    }

    private static bool IsGained(RouteDifference route) => route.Before.Status == IngressMatchStatus.NotFound;

    // Only where it is news that no endpoint will answer: often the manifests hold no Services at all.
    private static string NameAfter(RouteDifference route)
        => route is { Before.StatusCode: null, After: { StatusCode: 503, Policies.IsClosed: false } }
            ? $"{TextOf(route.After, route.Before)} (503, no destination)"
            : TextOf(route.After, route.Before);
}
