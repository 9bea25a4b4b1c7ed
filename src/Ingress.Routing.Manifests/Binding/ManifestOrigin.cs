using System.Globalization;
using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Knows where an object of a file and each of its fields were written.</summary>
/// <remarks>
/// A single value stands where it begins; a list or a mapping at its key, or without one (an element of a list) where it begins; the
/// object itself at its first key. The tree of the document is not kept: one flat array holds what is needed to find a field, its
/// parent before its children, and its strings are shared among all objects.
/// </remarks>
internal sealed class ManifestOrigin : ResourceOrigin
{
    private readonly string _file;
    private readonly Node[] _nodes;

    private ManifestOrigin(string file, Node[] nodes)
    {
        _file = file;
        _nodes = nodes;
    }

    public static ManifestOrigin Of(string file, MappingNode root)
    {
        // A key that was written twice counts twice in the size, and has one node.
        var nodes = new Node[root.Size];
        var count = 0;
        Append(nodes, ref count, new("", root.Position, root));
        return new(file, count == nodes.Length ? nodes : nodes[..count]);
    }

    /// <inheritdoc />
    public override SourceLocation Locate(string fieldPath)
    {
        ArgumentNullException.ThrowIfNull(fieldPath);

        // The API server reports the class annotation without 'metadata.' before it (semantics 2.1.3).
        const string Annotations = "annotations.";
        var rest = fieldPath.AsSpan();
        if (rest.StartsWith(Annotations, StringComparison.Ordinal))
        {
            return At(FindChild(FindChild(FindChild(0, "metadata"), "annotations"), rest[Annotations.Length..]));
        }

        var node = 0;
        while (!rest.IsEmpty)
        {
            var child = rest[0] == '[' ? TakeBracket(node, ref rest) : TakeName(node, ref rest);
            if (child < 0)
            {
                break;
            }

            node = child;
        }

        return At(node);
    }

    private int TakeName(int parent, ref ReadOnlySpan<char> rest)
    {
        rest = rest[0] == '.' ? rest[1..] : rest;
        var end = rest.IndexOfAny('.', '[');
        var name = end < 0 ? rest : rest[..end];
        rest = rest[name.Length..];
        return Search(parent, name);
    }

    // [2] in a list, [some.example/key] in a map; only the node knows which of the two it is.
    private int TakeBracket(int parent, ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(']');
        var inner = end < 0 ? rest[1..] : rest[1..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return _nodes[parent].IsList && int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? SearchItem(parent, index)
            : Search(parent, inner);
    }

    // The parent itself when there is no such child.
    private int FindChild(int parent, ReadOnlySpan<char> key) => Search(parent, key) is >= 0 and var child ? child : parent;

    private int Search(int parent, ReadOnlySpan<char> key)
    {
        if (_nodes[parent].IsList)
        {
            return -1; // elements have no keys
        }

        var inAnotherCase = -1;
        for (var child = parent + 1; child < _nodes[parent].End; child = _nodes[child].End)
        {
            var candidate = _nodes[child].Key;
            if (key.SequenceEqual(candidate))
            {
                return child;
            }

            if (inAnotherCase < 0 && key.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                inAnotherCase = child;
            }
        }

        return inAnotherCase;
    }

    private int SearchItem(int parent, int index)
    {
        for (var child = parent + 1; child < _nodes[parent].End; child = _nodes[child].End)
        {
            if (index-- == 0)
            {
                return child;
            }
        }

        return -1;
    }

    private SourceLocation At(int node) => new(_file, _nodes[node].Position.Line, _nodes[node].Position.Column);

    // Not deeper than the limit on documents.
    private static void Append(Node[] nodes, ref int count, in MappingEntry entry)
    {
        var index = count++;
        var position = entry.Key.Length == 0 ? entry.Value.Position : entry.Position;
        if (entry.Value is SequenceNode sequence)
        {
            foreach (var item in sequence.Items)
            {
                Append(nodes, ref count, new("", item.Position, item));
            }
        }
        else if (entry.Value is MappingNode mapping)
        {
            foreach (var child in mapping.Entries)
            {
                // Large, written by the API server, and of no interest to anyone who looks for a mistake.
                if (child.Key != "managedFields")
                {
                    Append(nodes, ref count, child);
                }
            }
        }

        nodes[index] = new(entry.Key, position, count, entry.Value is SequenceNode);
    }

    /// <param name="Key">The key in the parent; empty for an element of a list.</param>
    /// <param name="Position">Where the field stands.</param>
    /// <param name="End">The index after the last node below this one.</param>
    /// <param name="IsList">Whether the children are elements.</param>
    private readonly record struct Node(string Key, Position Position, int End, bool IsList);
}
