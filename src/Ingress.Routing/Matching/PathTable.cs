namespace Ingress.Routing.Matching;

/// <summary>Picks the path of one host bucket: an exact one, else the longest prefix (D6).</summary>
/// <remarks>
/// A tree of path elements, walked down once while the deepest prefix is remembered, so the work is linear in the length of the
/// path however many rules there are (trap 30), and nothing needs to be tried again (trap 8).
/// </remarks>
internal sealed class PathTable
{
    private readonly Node _root = new();
    private readonly Dictionary<string, IngressRoute>.AlternateLookup<ReadOnlySpan<char>> _exact;

    /// <param name="routes">Routes with a path; at most one Exact for each path, and one other for each path without its trailing slash.</param>
    public PathTable(IEnumerable<IngressRoute> routes)
    {
        var exact = new Dictionary<string, IngressRoute>(StringComparer.Ordinal);
        foreach (var route in routes)
        {
            if (route.PathType == PathType.Exact)
            {
                exact.Add(route.Path!, route);
            }
            else
            {
                AddPrefix(route);
            }
        }

        _exact = exact.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>What a Prefix path compares: the path without one trailing slash, which is ignored (semantics 4.4). The root becomes empty.</summary>
    public static string PrefixKey(string path) => path.EndsWith('/') ? path[..^1] : path;

    /// <param name="path">A canonical path.</param>
    public IngressRoute? Find(ReadOnlySpan<char> path) => _exact.TryGetValue(path, out var exact) ? exact : FindLongestPrefix(path);

    private IngressRoute? FindLongestPrefix(ReadOnlySpan<char> path)
    {
        var node = _root;
        var longest = node.Route;
        while (!path.IsEmpty && node.TryDescend(ref path, out var child))
        {
            node = child;
            longest = node.Route ?? longest;
        }

        return longest;
    }

    private void AddPrefix(IngressRoute route)
    {
        var node = _root;
        var rest = PrefixKey(route.Path!).AsSpan();
        while (!rest.IsEmpty)
        {
            node = node.GetOrAdd(ref rest);
        }

        node.Route = route;
    }

    // What remains of a path always starts with the slash before the next element.
    private sealed class Node
    {
        private Dictionary<string, Node>? _children;

        public IngressRoute? Route { get; set; }

        public bool TryDescend(ref ReadOnlySpan<char> path, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Node? child)
        {
            child = null;
            return _children is not null
                && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(TakeElement(ref path), out child);
        }

        public Node GetOrAdd(ref ReadOnlySpan<char> path)
        {
            _children ??= new Dictionary<string, Node>(StringComparer.Ordinal);
            var element = TakeElement(ref path).ToString();
            if (!_children.TryGetValue(element, out var child))
            {
                child = new Node();
                _children.Add(element, child);
            }

            return child;
        }

        private static ReadOnlySpan<char> TakeElement(ref ReadOnlySpan<char> path)
        {
            var end = path[1..].IndexOf('/') + 1;
            var element = end > 0 ? path[1..end] : path[1..];
            path = end > 0 ? path[end..] : default;
            return element;
        }
    }
}
