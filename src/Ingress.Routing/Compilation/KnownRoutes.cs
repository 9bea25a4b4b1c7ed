using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The routes of a host before a change. What is the same afterwards stays the same instance, and with it whatever hangs on it.</summary>
/// <param name="without">The Ingresses whose routes are not used again.</param>
internal sealed class KnownRoutes(IReadOnlyList<IngressRoute> routes, HashSet<IngressResource> without)
{
    private readonly Dictionary<RouteSource, IngressRoute> _routes = routes
        .Where(route => !route.Source.IsOfAny(without))
        .ToDictionary(static route => route.Source);

    public IngressRoute? Find(RouteSource source) => _routes.GetValueOrDefault(source);
}
