namespace Ingress.Routing.Comparison;

/// <summary>A set of paths below one host: the union of some ranges that do not overlap. Immutable.</summary>
public sealed class PathRegion
{
    internal PathRegion(IReadOnlyList<PathRange> ranges)
    {
        Ranges = ranges;
    }

    /// <summary>The ranges, by path; at least one.</summary>
    public IReadOnlyList<PathRange> Ranges { get; }

    /// <summary>Whether every path there can be is in the region.</summary>
    public bool IsEveryPath => Ranges is [{ IsEveryPath: true }];

    /// <summary>Whether the region holds a path.</summary>
    /// <param name="path">A canonical path (D8).</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public bool Contains(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Ranges.Any(range => range.Contains(path));
    }

    /// <summary>Returns the region in words.</summary>
    public override string ToString() => Enumeration.Of(Ranges);
}
