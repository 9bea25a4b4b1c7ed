using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ingress.Routing.Matching;

/// <summary>Finds a path of a host with many or long ones: by the hash of each prefix that ends where an element does.</summary>
/// <remarks>
/// Cell 1 says which lengths there are, and holds the route of <c>/</c>; cell 2 holds the <see cref="LongPathTable"/>; then come the index, eight
/// entries to a cell, and the short paths by precedence. A request costs a look-up for each of its boundaries at which a path of the
/// host ends, 32 at most, however many paths there are (trap 30).
/// </remarks>
internal static class PathIndex
{
    private const byte Marker = 0x02; // first byte of cell 1; no path and no host begins with it
    private const int Header = 1;
    private const int LongPaths = 2;
    private const int FirstEntry = 3;
    private const int EntriesPerCell = 8;
    private const int LongestChain = 32;

    // An entry is the number of a cell, and a tag that spares looking at the wrong one. Zero is free. Millions of paths can be numbered.
    private const int TagShift = 24;
    private const uint CellMask = (1u << TagShift) - 1;

    public static bool IsIn(HostCell[] cells) => cells.Length > Header && cells[Header].FirstByte == Marker;

    public static HostCell[] Of(IReadOnlyList<IngressRoute> routes, TextHash hash)
    {
        var root = routes.FirstOrDefault(static route => PathText.KeyOf(route).IsEmpty);
        var shortPaths = routes.Where(route => route != root && PathText.IsShort(route)).ToList();
        var longPaths = routes.Where(static route => !PathText.IsShort(route)).ToList();
        var (entries, salt) = Index(shortPaths.ConvertAll(PathText.Of), hash);

        uint exactLengths = 0, prefixLengths = 0;
        foreach (var path in shortPaths)
        {
            var bit = 1u << PathText.KeyOf(path).Length;
            exactLengths |= path.PathType == PathType.Exact ? bit : 0;
            prefixLengths |= path.PathType == PathType.Exact ? 0 : bit;
        }

        var header = Vector256.Create(
            Marker | ((ulong)(entries.Length - 1) << 32), exactLengths | ((ulong)prefixLengths << 32), salt, 0);
        return
        [
            new HostCell(root, header.AsByte()),
            new HostCell(longPaths.Count == 0 ? null : new LongPathTable(longPaths, hash), default),
            .. entries.Chunk(EntriesPerCell).Select(static chunk => new HostCell(null, Vector256.Create<uint>(chunk).AsByte())),
            .. shortPaths.Select(static route => new HostCell(route, PathText.Of(route))),
        ];
    }

    public static IReadOnlyList<IngressRoute> RoutesOf(HostCell[] cells)
        => RoutePrecedence.Sort(
        [
            .. cells.Skip(Header).Select(static cell => cell.Item).OfType<IngressRoute>(),
            .. (cells[LongPaths].Item as LongPathTable)?.Routes ?? [],
        ]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IngressRoute? Find(HostCell[] cells, Vector256<byte> block, uint slashes, ReadOnlySpan<char> path, in TextHash hash)
    {
        ref readonly var header = ref cells[Header];
        var lengths = header.Text.AsUInt32();
        var (exactLengths, prefixLengths) = (lengths[2], lengths[3]);
        var end = path.Length;
        var boundaries = slashes;
        if (end < TextBlock.Size)
        {
            boundaries |= 1u << end;
            if ((exactLengths & (1u << end)) != 0 && Find(cells, PathText.WithEnd(block, end, PathText.ExactEnd), hash) is { } exact)
            {
                return exact;
            }
        }
        else if (cells[LongPaths].Item is LongPathTable longPaths && longPaths.Find(path, hash) is { } route)
        {
            return route;
        }

        for (var candidates = boundaries & prefixLengths; candidates != 0;)
        {
            var length = BitOperations.Log2(candidates);
            if (Find(cells, PathText.WithEnd(block, length, PathText.PrefixEnd), hash) is { } prefix)
            {
                return prefix;
            }

            candidates ^= 1u << length;
        }

        return header.ItemAs<IngressRoute>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static IngressRoute? Find(HostCell[] cells, Vector256<byte> text, in TextHash hash)
    {
        ref readonly var header = ref cells[Header];
        var value = hash.Of(text, header.Text.AsUInt64()[2]);
        var mask = header.Text.AsUInt32()[1];
        for (var position = Position(value); ; position++)
        {
            var entry = cells[FirstEntry + (int)((position & mask) / EntriesPerCell)].Entry((int)(position % EntriesPerCell));
            if (entry == 0)
            {
                return null;
            }

            if (entry >> TagShift == Tag(value))
            {
                ref readonly var cell = ref cells[(int)(entry & CellMask)];
                if (cell.Text == text)
                {
                    return cell.ItemAs<IngressRoute>();
                }
            }
        }
    }

    private static uint Tag(ulong hash) => (uint)(hash >> (32 + TagShift));

    private static uint Position(ulong hash) => (uint)(hash >> 24);

    // Half of the entries or more stay free. The author of the rules cannot make the chains long without knowing the hash; should one
    // be long by chance, another salt helps.
    private static (uint[] Entries, ulong Salt) Index(List<Vector256<byte>> texts, TextHash hash)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * texts.Count, EntriesPerCell));
        for (ulong salt = 0; ; salt++)
        {
            if (TryIndex(texts, hash, salt, size) is { } entries)
            {
                return (entries, salt);
            }

            size = salt % 8 == 7 ? 2 * size : size;
        }
    }

    private static uint[]? TryIndex(List<Vector256<byte>> texts, TextHash hash, ulong salt, int size)
    {
        var entries = new uint[size];
        var first = FirstEntry + (size / EntriesPerCell);
        Debug.Assert(first + texts.Count <= CellMask, "An entry has no bits for the number of a cell as high as this.");
        for (var i = 0; i < texts.Count; i++)
        {
            var value = hash.Of(texts[i], salt);
            var position = Position(value) & (uint)(size - 1);
            for (var chain = 1; entries[position] != 0; chain++)
            {
                if (chain == LongestChain)
                {
                    return null;
                }

                position = (position + 1) & (uint)(size - 1);
            }

            entries[position] = (Tag(value) << TagShift) | (uint)(first + i);
        }

        return entries;
    }
}
