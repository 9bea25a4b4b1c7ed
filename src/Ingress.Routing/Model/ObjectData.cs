using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Ingress.Routing.Model;

/// <summary>The entries of a Secret or a ConfigMap, by key in ordinal order. Immutable; compared by content.</summary>
/// <remarks>Two arrays instead of a dictionary: a cluster has very many of these, with very few entries each.</remarks>
internal sealed class ObjectData<T> : IReadOnlyDictionary<string, T>, IEquatable<ObjectData<T>>
{
    public static readonly ObjectData<T> Empty = new([], []);

    private readonly string[] _keys;
    private readonly T[] _values;

    private ObjectData(string[] keys, T[] values)
    {
        _keys = keys;
        _values = values;
    }

    /// <inheritdoc />
    public int Count => _keys.Length;

    /// <inheritdoc />
    public IEnumerable<string> Keys => ImmutableCollectionsMarshal.AsImmutableArray(_keys);

    /// <inheritdoc />
    public IEnumerable<T> Values => ImmutableCollectionsMarshal.AsImmutableArray(_values);

    /// <inheritdoc />
    public T this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException();

    /// <summary>The same entries; the same instance when they are kept in this form already.</summary>
    public static ObjectData<T> Of(IReadOnlyDictionary<string, T> entries)
    {
        if (entries is ObjectData<T> known)
        {
            return known;
        }

        var keys = entries.Keys.ToArray();
        Array.Sort(keys, StringComparer.Ordinal);
        return keys.Length == 0 ? Empty : new(keys, Array.ConvertAll(keys, key => entries[key]));
    }

    /// <inheritdoc />
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <inheritdoc />
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var index = IndexOf(key);
        value = index < 0 ? default : _values[index];
        return index >= 0;
    }

    /// <summary>The entries with another value under a key.</summary>
    public ObjectData<T> With(string key, T value)
    {
        var index = IndexOf(key);
        return index < 0
            ? new([.. _keys[..~index], key, .. _keys[~index..]], [.. _values[..~index], value, .. _values[~index..]])
            : new(_keys, [.. _values[..index], value, .. _values[(index + 1)..]]);
    }

    /// <summary>The entries without a key.</summary>
    public ObjectData<T> Without(string key)
    {
        var index = IndexOf(key);
        return index < 0 ? this : new([.. _keys[..index], .. _keys[(index + 1)..]], [.. _values[..index], .. _values[(index + 1)..]]);
    }

    /// <inheritdoc />
    public bool Equals(ObjectData<T>? other)
        => ReferenceEquals(this, other)
            || (other is not null && _keys.AsSpan().SequenceEqual(other._keys) && _values.AsSpan().SequenceEqual(other._values, ValueComparer.Instance));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ObjectData<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        for (var i = 0; i < _keys.Length; i++)
        {
            hash.Add(_keys[i]);
            hash.Add(ValueComparer.Instance.GetHashCode(_values[i]!));
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns how many there are, and never what they are.</summary>
    public override string ToString() => $"{Count} entries";

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            yield return new(_keys[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string key) => Array.BinarySearch(_keys, key, StringComparer.Ordinal);

    // Bytes are compared by what they are, not by where they lie.
    private sealed class ValueComparer : IEqualityComparer<T>
    {
        public static readonly ValueComparer Instance = new();

        public bool Equals(T? x, T? y) => x is ReadOnlyMemory<byte> bytes && y is ReadOnlyMemory<byte> others
            ? bytes.Span.SequenceEqual(others.Span)
            : EqualityComparer<T>.Default.Equals(x, y);

        public int GetHashCode(T value) => value is ReadOnlyMemory<byte> bytes ? bytes.Length : value!.GetHashCode();
    }
}

/// <summary>Entries that are text in bytes.</summary>
internal static class ObjectDataText
{
    /// <summary>The text of an entry, as UTF-8; null when there is none.</summary>
    public static string? TextOf(this IReadOnlyDictionary<string, ReadOnlyMemory<byte>> data, string key)
        => data.TryGetValue(key, out var bytes) ? Encoding.UTF8.GetString(bytes.Span) : null;

    /// <summary>The entries with a text under a key; without the key when it is null.</summary>
    public static ObjectData<ReadOnlyMemory<byte>> WithText(this ObjectData<ReadOnlyMemory<byte>> data, string key, string? text)
        => text is null ? data.Without(key) : data.With(key, Encoding.UTF8.GetBytes(text));
}
