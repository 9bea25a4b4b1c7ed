using System.Numerics;

namespace Ingress.Routing.Matching;

/// <summary>The paths of a host that do not fit one block: found by the hash of each prefix, which one pass over the request yields.</summary>
/// <remarks>
/// Only the longest hit is compared, at the end; so the work is linear in the length of the path even where thousands of paths are prefixes
/// of one another (trap 30).
/// </remarks>
internal sealed class LongPathTable
{
    private const int LongestChain = 32;
    private const int PositionShift = 32;

    private readonly (ulong Hash, IngressRoute? Route)[] _places;
    private readonly ulong _salt;

    /// <param name="routes">Paths that are not short.</param>
    public LongPathTable(IReadOnlyList<IngressRoute> routes, TextHash hash)
    {
        Routes = routes;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * routes.Count));
        while (!TryFill(routes, hash, _salt, _places = new (ulong, IngressRoute?)[size]))
        {
            _salt++;
            size = _salt % 8 == 0 ? 2 * size : size;
        }
    }

    public IReadOnlyList<IngressRoute> Routes { get; }

    /// <param name="path">A canonical path that is not short.</param>
    public IngressRoute? Find(ReadOnlySpan<char> path, in TextHash hash)
    {
        var found = Find(path, hash, isEachCompared: false);

        // Two hashes of 64 bits may be equal: unlikely beyond measure, but not impossible.
        return found is null || IsMatch(found, path) ? found : Find(path, hash, isEachCompared: true);
    }

    private IngressRoute? Find(ReadOnlySpan<char> path, in TextHash hash, bool isEachCompared)
    {
        IngressRoute? longest = null;
        var before = hash.Of(TextBlock.Copy(path), _salt);
        var start = TextBlock.Size;
        for (; ; start += TextBlock.Size)
        {
            var block = TextBlock.Copy(path[start..]);
            var end = path.Length - start;
            var boundaries = TextBlock.MaskOf(block, '/') | (end < TextBlock.Size ? 1u << end : 0);
            for (; boundaries != 0; boundaries &= boundaries - 1)
            {
                var value = hash.Of(PathText.WithEnd(block, BitOperations.TrailingZeroCount(boundaries), PathText.PrefixEnd), before);
                if (FindHash(value) is { } route && (!isEachCompared || IsMatch(route, path)))
                {
                    longest = route;
                }
            }

            if (end < TextBlock.Size)
            {
                var exact = FindHash(hash.Of(PathText.WithEnd(block, end, PathText.ExactEnd), before));
                return exact is not null && IsMatch(exact, path) ? exact : longest;
            }

            before = hash.Of(block, before);
        }
    }

    private IngressRoute? FindHash(ulong hash)
    {
        var mask = _places.Length - 1;
        for (var position = (int)(hash >> PositionShift) & mask; _places[position].Route is { } route; position = (position + 1) & mask)
        {
            if (_places[position].Hash == hash)
            {
                return route;
            }
        }

        return null;
    }

    private static bool IsMatch(IngressRoute route, ReadOnlySpan<char> path)
    {
        var key = PathText.KeyOf(route);
        return path.StartsWith(key, StringComparison.Ordinal)
            && (path.Length == key.Length || (route.PathType != PathType.Exact && path[key.Length] == '/'));
    }

    private static bool TryFill(IReadOnlyList<IngressRoute> routes, TextHash hash, ulong salt, (ulong Hash, IngressRoute? Route)[] places)
    {
        foreach (var route in routes)
        {
            var value = HashOf(route, hash, salt);
            var position = (int)(value >> PositionShift) & (places.Length - 1);
            for (var chain = 1; places[position].Route is not null; chain++)
            {
                if (chain == LongestChain || places[position].Hash == value)
                {
                    return false;
                }

                position = (position + 1) & (places.Length - 1);
            }

            places[position] = (value, route);
        }

        return true;
    }

    private static ulong HashOf(IngressRoute route, TextHash hash, ulong salt)
    {
        var key = PathText.KeyOf(route);
        var value = salt;
        for (; key.Length >= TextBlock.Size; key = key[TextBlock.Size..])
        {
            value = hash.Of(TextBlock.Copy(key), value);
        }

        return hash.Of(PathText.WithEnd(TextBlock.Copy(key), key.Length, PathText.EndOf(route)), value);
    }
}
