using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The routes of a host before a change. What is the same afterwards stays the same instance, and with it whatever hangs on it.</summary>
internal sealed class KnownRoutes
{
    private readonly Dictionary<(IngressResource Ingress, int Rule, int Path), IngressRoute> _routes;

    /// <param name="without">The Ingresses whose routes are not used again.</param>
    public KnownRoutes(IReadOnlyList<IngressRoute> routes, HashSet<IngressResource> without)
    {
        _routes = new(routes.Count, ByInstance.Comparer);
        foreach (var route in routes.Where(route => !without.Contains(route.Ingress!)))
        {
            _routes.Add((route.Ingress!, route.Position.Rule, route.Position.Path), route);
        }
    }

    public IngressRoute? Find(IngressResource ingress, int rule, int path) => _routes.GetValueOrDefault((ingress, rule, path));

    // Records compare their content, which is both slow and not meant.
    private sealed class ByInstance : IEqualityComparer<(IngressResource Ingress, int Rule, int Path)>
    {
        public static readonly ByInstance Comparer = new();

        public bool Equals((IngressResource Ingress, int Rule, int Path) x, (IngressResource Ingress, int Rule, int Path) y)
            => ReferenceEquals(x.Ingress, y.Ingress) && x.Rule == y.Rule && x.Path == y.Path;

        public int GetHashCode((IngressResource Ingress, int Rule, int Path) key)
            => HashCode.Combine(ReferenceEqualityComparer.Instance.GetHashCode(key.Ingress), key.Rule, key.Path);
    }
}
