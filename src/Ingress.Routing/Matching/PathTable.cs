using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ingress.Routing.Matching;

/// <summary>The paths of one host, as cells, and how one is picked: an exact one, else the longest prefix (D6).</summary>
/// <remarks>Up to <see cref="MostListed"/> short paths are a list by precedence; others have a <see cref="PathIndex"/> in front.</remarks>
internal static class PathTable
{
    /// <summary>The most paths that are looked through one by one.</summary>
    public const int MostListed = 8;

    /// <summary>What a Prefix path compares: the path without one trailing slash, which is ignored (semantics 4.4). The root becomes empty.</summary>
    public static string PrefixKey(string path) => path.EndsWith('/') ? path[..^1] : path;

    /// <param name="routes">The paths, by precedence: at most one Exact for each path, and one other for each prefix key.</param>
    /// <param name="hash">The hash of the table that the cells go into.</param>
    public static HostCell[] Of(IReadOnlyList<IngressRoute> routes, TextHash hash)
        => routes.Count <= MostListed && routes.All(PathText.IsShort)
            ? [.. routes.Select(static route => new HostCell(route, PathText.Of(route)))]
            : PathIndex.Of(routes, hash);

    /// <summary>The routes of a host, by precedence.</summary>
    public static IReadOnlyList<IngressRoute> RoutesOf(HostCell[] cells)
        => PathIndex.IsIn(cells)
            ? PathIndex.RoutesOf(cells)
            : [.. cells.Skip(1).Select(static cell => cell.Item).OfType<IngressRoute>()];

    /// <param name="cells">The host.</param>
    /// <param name="path">A canonical path.</param>
    public static IngressRoute? Find(HostCell[] cells, ReadOnlySpan<char> path, in TextHash hash)
    {
        var block = TextBlock.Copy(path);
        return Find(cells, block, TextBlock.MaskOf(block, '/'), path, hash);
    }

    /// <param name="cells">The host.</param>
    /// <param name="block">The first block of the path; lanes beyond its end hold anything.</param>
    /// <param name="slashes">A bit for each slash of the path in that block.</param>
    /// <param name="path">A canonical path.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IngressRoute? Find(HostCell[] cells, Vector256<byte> block, uint slashes, ReadOnlySpan<char> path, in TextHash hash)
    {
        if (PathIndex.IsIn(cells))
        {
            return PathIndex.Find(cells, block, slashes, path, hash);
        }

        Debug.Assert(cells.Length <= 32, "There is one bit for each cell of a host whose paths are a list.");
        var end = Math.Min(path.Length, TextBlock.Size);
        var asPrefix = PathText.WithEnd(block, end, PathText.PrefixEnd);
        var asExact = PathText.WithEnd(block, end, PathText.ExactEnd);
        var hits = 0u;
        for (var i = 1; i < cells.Length; i++)
        {
            var text = cells[i].Text;
            var same = Vector256.Equals(text, asPrefix) | Vector256.Equals(text, asExact);
            hits |= (Vector256.AndNot(text, same) == Vector256<byte>.Zero ? 1u : 0u) << i;
        }

        return hits == 0 ? null : cells[BitOperations.TrailingZeroCount(hits)].ItemAs<IngressRoute>();
    }
}
