using System.Collections.Frozen;

namespace Ingress.Routing.Matching;

/// <summary>The hosts about which code says something. Looked through only for hosts without a bucket of their own. Immutable.</summary>
/// <remarks>
/// A wildcard here stands for every name below, however many labels it has: a rule for a host is no way around a policy of the operator (D23).
/// </remarks>
internal sealed class ConfiguredHosts
{
    private readonly FrozenDictionary<string, HostScope> _hosts;
    private readonly FrozenDictionary<string, HostScope>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly int _longest;

    /// <param name="hosts">Lower-case names, and wildcards such as <c>*.example.com</c>.</param>
    public ConfiguredHosts(IEnumerable<KeyValuePair<string, HostScope>> hosts)
    {
        // A wildcard is kept as what follows its star: no name begins with a dot.
        _hosts = hosts.ToFrozenDictionary(
            static pair => HostName.IsWildcard(pair.Key) ? pair.Key[1..] : pair.Key, static pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        _byText = _hosts.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = _hosts.Count == 0 ? 0 : _hosts.Keys.Max(static name => name.Length);
    }

    public static ConfiguredHosts None { get; } = new([]);

    public bool IsEmpty => _hosts.Count == 0;

    /// <summary>What code says about a host, or else about the nearest wildcard above it; null when that is nothing.</summary>
    /// <param name="host">A canonical name, or a wildcard, which stands for the names below.</param>
    public HostScope? Find(ReadOnlySpan<char> host)
    {
        var name = host;
        while (true)
        {
            // Longer names are not even hashed.
            if (name.Length <= _longest && _byText.TryGetValue(name, out var scope))
            {
                return scope;
            }

            // What follows the star of the next wildcard begins with a dot.
            var dot = name.IsEmpty ? -1 : name[1..].IndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            name = name[(dot + 1)..];
        }
    }
}
