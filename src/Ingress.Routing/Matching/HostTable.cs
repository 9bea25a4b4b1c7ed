using System.Collections.Frozen;

namespace Ingress.Routing.Matching;

/// <summary>Finds what belongs to a host: by its exact name, or by the one wildcard that can stand for it (semantics 3.2, 3.3).</summary>
/// <remarks>The same table serves routes and certificates, so that a Host and a server name can never be judged differently (trap 21).</remarks>
internal sealed class HostTable<T>
    where T : class
{
    public static readonly HostTable<T> Empty = new([]);

    private readonly Dictionary<string, T> _all;
    private readonly FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _wildcardParents;

    /// <param name="hosts">Valid rule hosts: lower-case names, and wildcards such as <c>*.example.com</c>.</param>
    public HostTable(IEnumerable<KeyValuePair<string, T>> hosts)
    {
        _all = hosts.ToDictionary(StringComparer.Ordinal);
        var byKind = _all.ToLookup(static host => IsWildcard(host.Key));

        // D11 without a lower-cased copy of every Host: the keys are ASCII and RequestHost admits nothing else, so that ignoring
        // case equates ASCII letters alone.
        _exact = byKind[false].ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _wildcardParents = byKind[true]
            .ToFrozenDictionary(static host => host.Key[2..], static host => host.Value, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _all.Count;

    public T? Get(string ruleHost) => _all.GetValueOrDefault(ruleHost);

    public HostTable<T> With(IReadOnlyCollection<KeyValuePair<string, T?>> changes)
    {
        var all = new Dictionary<string, T>(_all);
        foreach (var (host, value) in changes)
        {
            if (value is null)
            {
                all.Remove(host);
            }
            else
            {
                all[host] = value;
            }
        }

        return new(all);
    }

    /// <summary>Whether a valid rule host is a wildcard.</summary>
    public static bool IsWildcard(string host) => host.StartsWith("*.", StringComparison.Ordinal);

    public T? FindExact(RequestHost host) => host.IsName && _exact.TryGetValue(host.Text, out var value) ? value : null;

    // '*' stands for exactly one label. "a.example.com" is looked up as "example.com" and "a.b.example.com" as "b.example.com",
    // so there is no suffix to scan and no way to match two labels (trap 3).
    public T? FindWildcard(RequestHost host)
    {
        if (!host.IsName)
        {
            return null;
        }

        var dot = host.Text.IndexOf('.');
        return dot > 0 && _wildcardParents.TryGetValue(host.Text[(dot + 1)..], out var value) ? value : null;
    }
}
