using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Labels and annotations: a few entries, searched from the first to the last. Immutable.</summary>
/// <remarks>One array instead of a dictionary: a cluster has very many of these.</remarks>
internal sealed class StringMap(KeyValuePair<string, string>[] entries) : IReadOnlyDictionary<string, string>
{
    public static readonly StringMap Empty = new([]);

    public int Count => entries.Length;

    public IEnumerable<string> Keys => entries.Select(static entry => entry.Key);

    public IEnumerable<string> Values => entries.Select(static entry => entry.Value);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException();

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        foreach (var entry in entries)
        {
            if (entry.Key == key)
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();
}
