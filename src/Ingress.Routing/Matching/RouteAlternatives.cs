namespace Ingress.Routing.Matching;

/// <summary>The routes that share one Exact path or one prefix, of which the first whose conditions a request meets takes it.</summary>
/// <param name="routes">Those with more conditions first, one without any last, if there is one.</param>
/// <param name="next">Where the next shorter prefix of the host leads; null when there is none.</param>
/// <param name="hostDefault">The default backend of the host, for when no prefix is left; null when it has none of its own.</param>
/// <param name="isHostless">Whether they are for all hosts.</param>
/// <remarks>What comes next is known when the host is compiled: whatever is shorter fits every request that fits here.</remarks>
internal sealed class RouteAlternatives(IngressRoute[] routes, IngressRoute? next, IngressRoute? hostDefault, bool isHostless)
{
    public IReadOnlyList<IngressRoute> Routes => routes;

    public IngressRoute? Next { get; } = next;

    public IngressRoute? HostDefault { get; } = hostDefault;

    public bool IsHostless { get; } = isHostless;

    /// <summary>The first route whose conditions a request meets.</summary>
    public IngressRoute? Find<TRequest>(TRequest request, ReadOnlySpan<char> query)
        where TRequest : IRouteRequest, allows ref struct
    {
        foreach (var route in routes)
        {
            if (route.Conditions.Count == 0 || route.Conditions.AreMet(request, query))
            {
                return route;
            }
        }

        return null;
    }
}
