using System.Runtime.InteropServices;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>A mapping; a key that was written twice has its last value.</summary>
internal sealed class MappingNode(Position position) : ManifestNode(position)
{
    // Most mappings have a handful of keys; only for long ones is looking through them slower than an index.
    private const int IndexThreshold = 12;

    private readonly List<MappingEntry> _entries = new(4);
    private List<MappingEntry>? _repeats;
    private Dictionary<string, int>? _index;
    private int _size = 1;
    private int _height = 1;
    private bool _hasRepeatedKeys;

    /// <summary>The entries in the order in which their keys first occurred.</summary>
    public ReadOnlySpan<MappingEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    /// <summary>The entries whose key had been written before, in the order written.</summary>
    public IReadOnlyList<MappingEntry> Repeats => _repeats ?? [];

    public override int Size => _size;

    public override int Height => _height;

    public override bool HasRepeatedKeys => _hasRepeatedKeys;

    public override string Description => "a mapping";

    /// <summary>Adds an entry, or replaces the one with the same key.</summary>
    public void Set(MappingEntry entry)
    {
        // Both values count, since both were built.
        _size += entry.Value.Size;
        _height = Math.Max(_height, entry.Value.Height + 1);
        _hasRepeatedKeys |= entry.Value.HasRepeatedKeys;

        var existing = IndexOf(entry.Key);
        if (existing < 0)
        {
            _entries.Add(entry);
            AddToIndex(entry.Key);
            return;
        }

        if (!entry.IsMerged && !_entries[existing].IsMerged)
        {
            (_repeats ??= []).Add(entry);
            _hasRepeatedKeys = true;
        }

        _entries[existing] = entry;
    }

    /// <summary>Finds a key as it is spelled.</summary>
    public ManifestNode? FindExact(string key) => IndexOf(key) is >= 0 and var index ? _entries[index].Value : null;

    /// <summary>Finds a field the way the API server does: by its name, and if there is none, by its name in another case.</summary>
    public bool TryFind(string name, out MappingEntry entry)
    {
        var index = IndexOf(name);
        for (var i = 0; index < 0 && i < _entries.Count; i++)
        {
            index = _entries[i].Key.Equals(name, StringComparison.OrdinalIgnoreCase) ? i : -1;
        }

        entry = index < 0 ? default : _entries[index];
        return index >= 0;
    }

    private int IndexOf(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out var index) ? index : -1;
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }

    private void AddToIndex(string key)
    {
        if (_index is not null)
        {
            _index.Add(key, _entries.Count - 1);
        }
        else if (_entries.Count > IndexThreshold)
        {
            _index = new(StringComparer.Ordinal);
            for (var i = 0; i < _entries.Count; i++)
            {
                _index.Add(_entries[i].Key, i);
            }
        }
    }
}
