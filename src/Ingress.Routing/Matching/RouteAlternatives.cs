namespace Ingress.Routing.Matching;

/// <summary>
/// The routes that share one Exact path or one prefix, or all regular expressions of a host. The first whose expression fits and whose conditions
/// a request meets takes it.
/// </summary>
/// <param name="routes">In order; of those with one path, the one without conditions last.</param>
/// <param name="next">Where a request goes that none of them takes: the next shorter prefix of the host; null when there is none.</param>
/// <param name="hostDefault">The default backend of the host, for when no prefix is left; null when it has none of its own.</param>
/// <param name="isHostless">Whether they are for all hosts.</param>
/// <remarks>What comes next is known when the host is compiled: whatever is shorter fits every request that fits here.</remarks>
internal sealed class RouteAlternatives(IngressRoute[] routes, IngressRoute? next, IngressRoute? hostDefault, bool isHostless)
{
    public IReadOnlyList<IngressRoute> Routes => routes;

    public IngressRoute? Next { get; } = next;

    public IngressRoute? HostDefault { get; } = hostDefault;

    public bool IsHostless { get; } = isHostless;

    /// <summary>The first route that takes a request.</summary>
    /// <param name="isTooSlow">Whether an expression took longer than it may, so that it is unknown which route that is.</param>
    public IngressRoute? Find<TRequest>(TRequest request, ReadOnlySpan<char> path, ReadOnlySpan<char> query, out bool isTooSlow)
        where TRequest : IRouteRequest, allows ref struct
    {
        isTooSlow = false;
        foreach (var route in routes)
        {
            if (route.Pattern is not null)
            {
                var fits = route.Pattern.IsMatch(path);
                isTooSlow = fits is null;
                if (isTooSlow)
                {
                    return null;
                }

                if (fits == false)
                {
                    continue;
                }
            }

            if (route.Conditions.Count == 0 || route.Conditions.AreMet(request, query))
            {
                return route;
            }
        }

        return null;
    }
}
