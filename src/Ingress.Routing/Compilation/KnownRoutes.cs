namespace Ingress.Routing.Compilation;

/// <summary>The routes of a host before a change. What is the same afterwards stays the same instance, and with it whatever hangs on it.</summary>
internal sealed class KnownRoutes(IReadOnlyList<IngressRoute> routes)
{
    private readonly Dictionary<RouteSource, IngressRoute> _routes = routes.ToDictionary(static route => route.Source);

    public IngressRoute? Find(RouteSource source) => _routes.GetValueOrDefault(source);
}
