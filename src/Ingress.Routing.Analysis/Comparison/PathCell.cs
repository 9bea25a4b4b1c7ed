namespace Ingress.Routing.Comparison;

/// <summary>The smallest piece of a <see cref="PathPartition"/>: one path, or all below a prefix that no other cell holds.</summary>
/// <param name="Path">The path, or the prefix as <see cref="Matching.PathTable.PrefixKey"/> returns it.</param>
/// <param name="IsExact">Whether it is one path.</param>
/// <param name="Parent">The cell of the longest other prefix of <paramref name="Path"/>; -1 for the root.</param>
/// <param name="Witness">A path of the cell, and a request target that means it.</param>
internal sealed record PathCell(string Path, bool IsExact, int Parent, string Witness)
{
    /// <summary>The cell with all below it, as a rule would write it: the shortest path that has this prefix.</summary>
    public PathRange ToRange(IReadOnlyList<PathRange> except)
        => new(IsExact || (Path.Length > 0 && Path[^1] != '/') ? Path : Path + "/", IsExact, except);
}
