namespace Ingress.Routing.Manifests.Syntax;

/// <summary>A list.</summary>
internal sealed class SequenceNode(Position position) : ManifestNode(position)
{
    private readonly List<ManifestNode> _items = [];
    private int _size = 1;
    private int _height = 1;
    private bool _hasRepeatedKeys;

    public IReadOnlyList<ManifestNode> Items => _items;

    public override int Size => _size;

    public override int Height => _height;

    public override bool HasRepeatedKeys => _hasRepeatedKeys;

    public override string Description => "a list";

    public void Add(ManifestNode item)
    {
        _items.Add(item);
        _size += item.Size;
        _height = Math.Max(_height, item.Height + 1);
        _hasRepeatedKeys |= item.HasRepeatedKeys;
    }
}
