using Ingress.Routing.Matching;

namespace Ingress.Routing.Compilation;

/// <summary>Remembers which path owns each prefix of one host.</summary>
/// <param name="capacity">How many paths the host has.</param>
internal sealed class PrefixOwners(int capacity)
{
    // Up to here, looking at all of them is faster than a dictionary.
    private const int FewPaths = 8;

    private readonly List<(string Key, IngressRoute Route)> _few = [];
    private readonly Dictionary<string, IngressRoute>? _many = capacity > FewPaths ? new(capacity, StringComparer.Ordinal) : null;

    /// <summary>Makes a path the owner of what it means, if nothing is yet.</summary>
    /// <param name="route">A path that is not Exact. Those with a higher precedence were added before.</param>
    /// <param name="owner">The owner.</param>
    public bool TryAdd(IngressRoute route, out IngressRoute owner)
    {
        owner = route;
        var key = PathTable.PrefixKey(route.Path!);
        if (_many is not null)
        {
            return _many.TryAdd(key, route) || !_many.TryGetValue(key, out owner!);
        }

        foreach (var other in _few)
        {
            if (other.Key == key)
            {
                owner = other.Route;
                return false;
            }
        }

        _few.Add((key, route));
        return true;
    }
}
