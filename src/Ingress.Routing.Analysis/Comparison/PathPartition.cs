using Ingress.Routing.Matching;

namespace Ingress.Routing.Comparison;

/// <summary>All paths there can be, cut where some rules can tell them apart: each Exact path, and for each prefix the paths of which it is the longest.</summary>
internal sealed class PathPartition
{
    /// <summary>The prefix of every path.</summary>
    public const string Root = "";

    // '/' goes first, so that everything below a prefix follows it directly.
    private static readonly Comparer<string> s_byElement = Comparer<string>.Create(static (x, y) =>
    {
        var same = x.AsSpan().CommonPrefixLength(y);
        return Rank(x, same).CompareTo(Rank(y, same));

        static int Rank(string text, int index) => index == text.Length ? -2 : text[index] == '/' ? -1 : text[index];
    });

    private readonly HashSet<string> _prefixes = new(StringComparer.Ordinal) { Root };
    private readonly HashSet<string> _points = new(StringComparer.Ordinal);
    private readonly List<PathCell> _cells = [];

    /// <param name="routes">Routes with a path. Regular expressions cut nothing.</param>
    /// <param name="options">Decides which paths a request can have; every other cell is left out.</param>
    /// <param name="ranges">Further ranges that are to be unions of cells.</param>
    public PathPartition(IEnumerable<IngressRoute> routes, RouteTableOptions options, params IEnumerable<PathRange> ranges)
    {
        foreach (var (path, isExact) in routes.Where(static route => route.Pattern is null).Select(static route => (route.Path!, route.PathType == PathType.Exact))
            .Concat(ranges.Select(static range => (range.Path, range.IsExact))))
        {
            (isExact ? _points : _prefixes).Add(isExact ? path : PathTable.PrefixKey(path));
        }

        AddCells(options);
    }

    /// <summary>The cells, each after its parent.</summary>
    public IReadOnlyList<PathCell> Cells => _cells;

    /// <summary>Joins the cells of each group to as few ranges as possible.</summary>
    /// <param name="groups">The group of each cell, counted from 0; -1 for none.</param>
    /// <param name="count">How many groups there are; each has a cell.</param>
    public IReadOnlyList<PathRegion> Join(IReadOnlyList<int> groups, int count)
    {
        var ranges = new List<(int Group, PathCell Cell, List<PathRange> Except)>();
        var rangeOf = new int[_cells.Count];
        for (var i = 0; i < _cells.Count; i++)
        {
            var parent = _cells[i].Parent;
            rangeOf[i] = -1;
            if (parent >= 0 && groups[parent] >= 0 && groups[parent] != groups[i])
            {
                ranges[rangeOf[parent]].Except.Add(_cells[i].ToRange([]));
            }

            if (groups[i] < 0)
            {
                continue;
            }

            if (parent >= 0 && groups[parent] == groups[i])
            {
                rangeOf[i] = rangeOf[parent];
                continue;
            }

            rangeOf[i] = ranges.Count;
            ranges.Add((groups[i], _cells[i], []));
        }

        var byGroup = ranges.ToLookup(static range => range.Group, static range => range.Cell.ToRange(range.Except));
        return [.. Enumerable.Range(0, count).Select(group => new PathRegion([.. byGroup[group]]))];
    }

    private void AddCells(RouteTableOptions options)
    {
        var pieces = _prefixes.Select(static path => (Path: path, IsExact: false))
            .Concat(_points.Select(static path => (Path: path, IsExact: true)))
            .OrderBy(static piece => piece.Path, s_byElement)
            .ThenBy(static piece => piece.IsExact);

        // The prefixes around the current piece, the longest on top.
        var open = new Stack<int>();
        foreach (var (path, isExact) in pieces)
        {
            var witness = isExact ? path : WitnessBelow(path);
            if (!IsReachable(witness, options))
            {
                continue;
            }

            while (open.Count > 0 && !PathRange.IsPrefix(_cells[open.Peek()].Path, path))
            {
                open.Pop();
            }

            _cells.Add(new(path, isExact, open.Count > 0 ? open.Peek() : -1, witness));
            if (!isExact)
            {
                open.Push(_cells.Count - 1);
            }
        }
    }

    // The prefix itself where it belongs to this cell, as it is what people would try.
    private string WitnessBelow(string prefix)
        => FreshText.First(
            number => number switch
            {
                0 => prefix.Length == 0 ? "/" : prefix,
                1 => prefix + "/",
                _ => $"{prefix}/{FreshText.Numbered("any", number - 2)}",
            },
            path => _points.Contains(path) || (path != prefix && _prefixes.Contains(path)));

    // A rule may hold what every request is refused for (D9, semantics 8.7). Whatever else is canonical means itself.
    private static bool IsReachable(string path, RouteTableOptions options) => RequestPath.TryCanonicalize(path.AsMemory(), options, out _);
}
