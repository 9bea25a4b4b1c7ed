namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Keeps one string for each key, since ten thousand Ingresses have the same few dozen. Not thread-safe.</summary>
internal sealed class KeyPool
{
    // Bounds what made-up keys can hold on to.
    private const int Capacity = 4096;
    private const int LongestKey = 128;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public string Intern(string key)
    {
        if (_keys.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_keys.Count < Capacity && key.Length <= LongestKey)
        {
            _keys.Add(key);
        }

        return key;
    }
}
