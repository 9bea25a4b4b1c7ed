using Ingress.Routing.Matching;

namespace Ingress.Routing.Compilation;

/// <summary>Remembers which paths own each prefix of one host. Those without conditions own it whole, and nothing comes behind them.</summary>
/// <param name="capacity">How many paths the host has.</param>
internal sealed class PrefixOwners(int capacity)
{
    // Up to here, looking at all of them is faster than a dictionary.
    private const int FewPaths = 8;

    private readonly List<(string Key, IngressRoute Route)> _few = [];
    private readonly Dictionary<string, IngressRoute>? _many = capacity > FewPaths ? new(capacity, StringComparer.Ordinal) : null;
    private Dictionary<string, List<IngressRoute>>? _further;

    /// <summary>Makes a path an owner of what it means, unless those before it take all of its requests.</summary>
    /// <param name="route">A path that is not Exact. Those with a higher precedence were added before.</param>
    /// <param name="owner">The one that takes all of its requests.</param>
    public bool TryAdd(IngressRoute route, out IngressRoute owner)
    {
        owner = route;
        var key = PathTable.PrefixKey(route.Path!);
        if (_many is not null)
        {
            return _many.TryAdd(key, route) || TryAddFurther(key, route, out owner);
        }

        foreach (var other in _few)
        {
            if (other.Key == key && other.Route.Conditions.Cover(route.Conditions))
            {
                owner = other.Route;
                return false;
            }
        }

        _few.Add((key, route));
        return true;
    }

    private bool TryAddFurther(string key, IngressRoute route, out IngressRoute owner)
    {
        owner = _many![key];
        if (owner.Conditions.Cover(route.Conditions))
        {
            return false;
        }

        _further ??= new(StringComparer.Ordinal);
        if (!_further.TryGetValue(key, out var routes))
        {
            _further.Add(key, routes = []);
        }

        if (routes.Find(other => other.Conditions.Cover(route.Conditions)) is { } covering)
        {
            owner = covering;
            return false;
        }

        routes.Add(route);
        owner = route;
        return true;
    }
}
