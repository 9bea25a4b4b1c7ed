using Ingress.Routing.Manifests.Binding;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Expectations;

/// <summary>Reads the keys of one mapping; an unknown key is an error, and so is one that is written twice.</summary>
/// <param name="node">The mapping.</param>
/// <param name="what">What messages call it.</param>
internal sealed class StrictMapping(MappingNode node, string what, ErrorList errors)
{
    private readonly List<string> _known = [];

    /// <summary>Where the mapping begins.</summary>
    public Position Position => node.Position;

    /// <summary>Opens a mapping; reports anything else.</summary>
    public static StrictMapping? TryOpen(ManifestNode value, string what, ErrorList errors)
    {
        if (value is MappingNode mapping)
        {
            return new(mapping, what, errors);
        }

        errors.Add(value.Position, $"Expected a mapping for {what}, not {value.Description}.");
        return null;
    }

    /// <summary>The keys of a mapping whose keys may be anything, in their order.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            var keys = new List<string>();
            foreach (var entry in node.Entries)
            {
                keys.Add(entry.Key);
            }

            return keys;
        }
    }

    public bool Has(string key)
    {
        Know(key);
        return node.FindExact(key) is not null;
    }

    public string? String(string key) => Text(key)?.Text;

    /// <summary>Reads a string and what it stands for; reports one that stands for nothing.</summary>
    public T? Parsed<T>(string key, Func<string, T?> parse, string expected)
        where T : class
    {
        if (Text(key) is not { } scalar)
        {
            return null;
        }

        var value = parse(scalar.Text);
        if (value is null)
        {
            errors.Add(scalar.Position, $"{Quote.Of(scalar.Text)} is not understood: '{key}' takes {expected}.");
        }

        return value;
    }

    public long? Integer(string key)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        if (value is ScalarNode { Type: ScalarType.Integer } scalar)
        {
            return scalar.Integer;
        }

        errors.Add(PositionOf(key), $"'{key}' takes a whole number, not {value.Description}.");
        return null;
    }

    public StrictMapping? Mapping(string key) => Find(key) is { } value ? TryOpen(value, $"'{key}'", errors) : null;

    public IReadOnlyList<ManifestNode> Items(string key)
    {
        if (Find(key) is not { } value)
        {
            return [];
        }

        if (value is SequenceNode sequence)
        {
            return sequence.Items;
        }

        errors.Add(PositionOf(key), $"'{key}' takes a list, not {value.Description}.");
        return [];
    }

    /// <summary>Where the value of a key stands; where the key does, when nothing was written for it.</summary>
    public Position PositionOf(string key) => !node.TryFind(key, out var entry)
        ? node.Position
        : entry.Value is ScalarNode { IsEmpty: true } ? entry.KeyPosition : entry.Value.Position;

    /// <summary>Reports every key that was not asked for, and every key that was written again. To be called last.</summary>
    public void RefuseOthers()
    {
        foreach (var entry in node.Entries)
        {
            if (!_known.Contains(entry.Key))
            {
                errors.Add(entry.KeyPosition, $"There is no key {Quote.Of(entry.Key)} in {what}. There are: {string.Join(", ", _known)}.");
            }
        }

        foreach (var repeat in node.Repeats)
        {
            errors.Add(repeat.KeyPosition, $"The key {Quote.Of(repeat.Key)} is written twice.");
        }
    }

    private ScalarNode? Text(string key)
    {
        if (Find(key) is not { } value)
        {
            return null;
        }

        if (value is ScalarNode { Type: ScalarType.String } scalar)
        {
            return scalar;
        }

        errors.Add(PositionOf(key), $"'{key}' takes a string, not {value.Description}; quotes make it one.");
        return null;
    }

    private ManifestNode? Find(string key)
    {
        Know(key);
        return node.FindExact(key);
    }

    private void Know(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }
    }
}
