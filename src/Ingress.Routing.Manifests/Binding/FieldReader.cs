using System.Collections.Immutable;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads the fields of one mapping with the types that the API server's decoder takes; reports every other type.</summary>
/// <remarks>
/// Null is the same as absent, and a field that cannot be read is returned as absent: the report says that the object is refused. The
/// reader of an absent mapping finds nothing.
/// </remarks>
internal readonly struct FieldReader(ObjectReport report, MappingNode? mapping, FieldPath path)
{
    public const string Text = "a string";
    public const string Int32 = "a whole number of 32 bits";
    public const string Int64 = "a whole number of 64 bits";
    private const string Truth = "a boolean";
    private const string List = "a list";
    private const string Object = "a mapping";

    /// <summary>Whether the mapping was written.</summary>
    public bool IsPresent => mapping is not null;

    public string? String(string name)
        => Find(name, out var entry) ? StringOf(entry, path.Field(name)) : null;

    /// <summary>The text of a single value, whatever its type; null for anything else.</summary>
    public string? AnyText(string name) => Find(name, out var entry) && entry.Value is ScalarNode scalar ? scalar.Text : null;

    public int? Integer32(string name) => Integer(name, int.MinValue, int.MaxValue, Int32) is { } value ? (int)value : null;

    public long? Integer64(string name) => Integer(name, long.MinValue, long.MaxValue, Int64);

    public bool? Boolean(string name)
    {
        if (!Find(name, out var entry))
        {
            return null;
        }

        if (entry.Value is ScalarNode { Type: ScalarType.Boolean } scalar)
        {
            return scalar.Integer == 1;
        }

        report.WrongType(path.Field(name), entry, Truth);
        return null;
    }

    /// <summary>A point in time as RFC 3339 writes it.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (!Find(name, out var entry) || StringOf(entry, path.Field(name)) is not { } text)
        {
            return null;
        }

        if (Rfc3339.TryParse(text, out var time))
        {
            return time;
        }

        report.Malformed(path.Field(name), entry.Position, "a time such as '2026-01-31T12:00:00Z'");
        return null;
    }

    public FieldReader Mapping(string name)
    {
        if (!Find(name, out var entry))
        {
            return new(report, null, path);
        }

        var field = path.Field(name);
        if (entry.Value is MappingNode node)
        {
            return new(report, node, field);
        }

        report.WrongType(field, entry, Object);
        return new(report, null, field);
    }

    /// <summary>Reads a list of mappings.</summary>
    /// <param name="name">The field.</param>
    /// <param name="read">Reads one mapping; that of a null element is absent.</param>
    /// <returns>The elements; empty when the field is absent.</returns>
    public IReadOnlyList<T> Mappings<T>(string name, Func<FieldReader, T> read)
    {
        if (Items(name, out var field) is not { Count: > 0 } items)
        {
            return [];
        }

        var elements = new T[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            var item = field.Item(i);
            if (items[i] is not MappingNode && !IsNull(items[i]))
            {
                report.WrongType(item, Unnamed(items[i]), Object);
            }

            elements[i] = read(new(report, items[i] as MappingNode, item));
        }

        return elements;
    }

    /// <summary>Reads a list of strings; a null among them is empty.</summary>
    public IReadOnlyList<string> Strings(string name)
    {
        if (Items(name, out var field) is not { Count: > 0 } items)
        {
            return [];
        }

        var elements = new string[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            elements[i] = IsNull(items[i]) ? "" : StringOf(Unnamed(items[i]), field.Item(i)) ?? "";
        }

        return elements;
    }

    /// <summary>Reads a map of strings; a null value is empty.</summary>
    public IReadOnlyDictionary<string, string> StringMap(string name)
    {
        if (!Find(name, out var entry))
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        var field = path.Field(name);
        if (entry.Value is not MappingNode node)
        {
            report.WrongType(field, entry, Object);
            return ImmutableDictionary<string, string>.Empty;
        }

        var map = new Dictionary<string, string>(node.Entries.Length, StringComparer.Ordinal);
        foreach (var item in node.Entries)
        {
            map[item.Key] = IsNull(item.Value) ? "" : StringOf(item, field.Key(item.Key)) ?? "";
        }

        return map;
    }

    /// <summary>Checks that a field which is not kept has the type of a list, as the decoder would.</summary>
    public void ExpectList(string name) => Items(name, out _);

    /// <summary>Warns of every field that is not among the known ones.</summary>
    /// <param name="known">All fields of the mapping.</param>
    /// <param name="advise">Says what to write instead, or null.</param>
    /// <param name="isError">Whether dropping the field means that something is not served; it then is an error.</param>
    public void WarnOfOthers(ReadOnlySpan<string> known, Func<string, string?>? advise = null, Func<string, bool>? isError = null)
    {
        foreach (var entry in mapping is null ? [] : mapping.Entries)
        {
            if (!known.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
            {
                report.UnknownField(path.Field(entry.Key), entry.KeyPosition, advise?.Invoke(entry.Key), isError?.Invoke(entry.Key) == true);
            }
        }
    }

    private long? Integer(string name, long minimum, long maximum, string expected)
    {
        if (!Find(name, out var entry))
        {
            return null;
        }

        if (entry.Value is ScalarNode { Type: ScalarType.Integer } scalar && scalar.Integer >= minimum && scalar.Integer <= maximum)
        {
            return scalar.Integer;
        }

        report.WrongType(path.Field(name), entry, expected);
        return null;
    }

    private string? StringOf(MappingEntry entry, FieldPath field)
    {
        if (entry.Value is ScalarNode { Type: ScalarType.String } scalar)
        {
            return scalar.Text;
        }

        report.WrongType(field, entry, Text);
        return null;
    }

    private IReadOnlyList<ManifestNode>? Items(string name, out FieldPath field)
    {
        field = path;
        if (!Find(name, out var entry))
        {
            return null;
        }

        field = path.Field(name);
        if (entry.Value is SequenceNode sequence)
        {
            return sequence.Items;
        }

        report.WrongType(field, entry, List);
        return null;
    }

    private bool Find(string name, out MappingEntry entry)
    {
        entry = default;
        return mapping is not null && mapping.TryFind(name, out entry) && !IsNull(entry.Value);
    }

    private static bool IsNull(ManifestNode node) => node is ScalarNode { Type: ScalarType.Null };

    // The element of a list has no key: it stands where it begins.
    private static MappingEntry Unnamed(ManifestNode node) => new("", node.Position, node);
}
