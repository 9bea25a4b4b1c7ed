using System.Globalization;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Builds the tree of one document from a flat series of events; keeps its own stack, so depth costs no call stack.</summary>
internal sealed class NodeBuilder(KeyPool keys, NodeBudget budget)
{
    private readonly Stack<Frame> _open = new();
    private Dictionary<string, ManifestNode?>? _anchors;
    private int _aliasedNodes;

    /// <summary>The document; null while it is not complete.</summary>
    public ManifestNode? Root { get; private set; }

    public void BeginMapping(Position position, string? anchor = null) => Begin(new Frame(new MappingNode(position), anchor), position);

    public void BeginSequence(Position position, string? anchor = null) => Begin(new Frame(new SequenceNode(position), anchor), position);

    /// <summary>Ends the mapping or list that was begun last.</summary>
    public void End()
    {
        var frame = _open.Pop();
        SetAnchor(frame.Anchor, frame.Node);
        Add(frame.Node);
    }

    /// <param name="scalar">The value, or the key when a key is due.</param>
    /// <param name="isMergeKey">Whether it means the fields of another mapping where a key is due: a plain <c>&lt;&lt;</c>.</param>
    /// <param name="anchor">The name for aliases.</param>
    public void Scalar(ScalarNode scalar, bool isMergeKey = false, string? anchor = null)
    {
        budget.Take(scalar.Position);
        SetAnchor(anchor, scalar);
        if (isMergeKey && _open.TryPeek(out var frame) && frame is { Node: MappingNode, Key: null })
        {
            frame.Key = scalar.Text;
            frame.KeyPosition = scalar.Position;
            frame.IsMerge = true;
            return;
        }

        Add(scalar);
    }

    public void Alias(string name, Position position)
    {
        // Messages never repeat the name: in a Secret it may be a value that should have been quoted.
        if (_anchors is null || !_anchors.TryGetValue(name, out var node))
        {
            throw ManifestSyntaxException.Malformed("The alias has no anchor before it. A value that begins with '*', such as a wildcard host, needs quotes.", position);
        }

        if (node is null)
        {
            throw ManifestSyntaxException.Malformed("The alias stands inside its own anchor.", position);
        }

        if (_open.Count + node.Height > ManifestLimits.Depth)
        {
            throw TooDeep(position);
        }

        CountAliased(node, position);
        Add(node);
    }

    private void Begin(Frame frame, Position position)
    {
        if (_open.TryPeek(out var parent) && parent is { Node: MappingNode, Key: null })
        {
            throw ManifestSyntaxException.Malformed("A list or a mapping cannot be a key.", position);
        }

        if (_open.Count >= ManifestLimits.Depth)
        {
            throw TooDeep(position);
        }

        budget.Take(position);
        SetAnchor(frame.Anchor, null);
        _open.Push(frame);
    }

    private void Add(ManifestNode node)
    {
        if (!_open.TryPeek(out var parent))
        {
            Root = node;
        }
        else if (parent.Node is SequenceNode sequence)
        {
            sequence.Add(node);
        }
        else if (parent.Key is null)
        {
            parent.Key = KeyOf(node);
            parent.KeyPosition = node.Position;
        }
        else
        {
            SetEntry((MappingNode)parent.Node, parent, node);
            parent.Key = null;
            parent.IsMerge = false;
        }
    }

    private void SetEntry(MappingNode mapping, Frame frame, ManifestNode value)
    {
        if (!frame.IsMerge)
        {
            mapping.Set(new(frame.Key!, frame.KeyPosition, value));
            return;
        }

        if (value is not SequenceNode sequence)
        {
            Merge(mapping, value);
            return;
        }

        // From last to first, since the earlier mapping takes precedence.
        for (var i = sequence.Items.Count - 1; i >= 0; i--)
        {
            Merge(mapping, sequence.Items[i]);
        }
    }

    // What stands further down counts, be it a merge key or not: so it is in the API server's YAML.
    private void Merge(MappingNode mapping, ManifestNode source)
    {
        if (source is not MappingNode fields)
        {
            throw ManifestSyntaxException.Malformed("A merge key '<<' needs a mapping or a list of mappings.", source.Position);
        }

        CountAliased(source, source.Position);
        foreach (var entry in fields.Entries)
        {
            mapping.Set(entry with { IsMerged = true });
        }
    }

    private string KeyOf(ManifestNode node)
    {
        if (node is not ScalarNode scalar)
        {
            throw ManifestSyntaxException.Malformed("A list or a mapping cannot be a key.", node.Position);
        }

        return scalar.Type switch
        {
            ScalarType.Null => throw ManifestSyntaxException.Malformed("A key cannot be null.", node.Position),
            ScalarType.Boolean => scalar.Integer == 1 ? "true" : "false",
            ScalarType.Integer => scalar.Integer.ToString(CultureInfo.InvariantCulture),
            _ => keys.Intern(scalar.Text),
        };
    }

    private void SetAnchor(string? anchor, ManifestNode? node)
    {
        if (anchor is not null)
        {
            (_anchors ??= new(StringComparer.Ordinal))[anchor] = node;
        }
    }

    private void CountAliased(ManifestNode node, Position position)
    {
        _aliasedNodes += node.Size;
        if (_aliasedNodes > ManifestLimits.AliasedNodes)
        {
            throw ManifestSyntaxException.LimitExceeded(
                $"The aliases of the document stand for more than {ManifestLimits.AliasedNodes} values.", position);
        }
    }

    private static ManifestSyntaxException TooDeep(Position position)
        => ManifestSyntaxException.LimitExceeded($"The document is nested more than {ManifestLimits.Depth} levels deep.", position);

    private sealed class Frame(ManifestNode node, string? anchor)
    {
        public ManifestNode Node { get; } = node;

        public string? Anchor { get; } = anchor;

        /// <summary>The key whose value is due; null when a key is due.</summary>
        public string? Key { get; set; }

        public Position KeyPosition { get; set; }

        public bool IsMerge { get; set; }
    }
}
