using System.Numerics;

namespace Ingress.Routing.Matching;

/// <summary>The pages of a <see cref="HostTable{T}"/>: hash tables for the keys that begin with the same bits.</summary>
/// <remarks>
/// A page that gets too full is split in two by the next bit, so a table grows and changes by the page. A page whose probe chains get too
/// long is split as well: no request looks at more than <see cref="LongestChain"/> places, whoever chose the hosts.
/// </remarks>
internal static class HostPages
{
    /// <summary>The places of a page of a table that has several; small tables have one that is smaller.</summary>
    public const int PageSize = 512;

    /// <summary>The most hosts of a page, which bounds its load to a half.</summary>
    public const int MostHosts = PageSize / 2;

    /// <summary>The most places of a page that a look-up reads.</summary>
    public const int LongestChain = 32;

    // Among a million random keys no 512 share as many bits; more means that the hosts were chosen to collide.
    private const int MostBits = 24;

    /// <summary>Puts hosts into as few pages as will do.</summary>
    /// <param name="slots">The hosts, sorted by key.</param>
    /// <param name="bits">The number of leading bits that they have in common.</param>
    /// <param name="pages">Takes the pages in the order of their keys, each with the number of bits that its keys have in common.</param>
    /// <returns>False when they cannot be kept apart; another hash can.</returns>
    public static bool TryFill(ReadOnlySpan<HostSlot> slots, int bits, List<(HostSlot[] Page, int Bits)> pages)
    {
        if (slots.Length <= MostHosts && TryFill(slots, PageSize) is { } page)
        {
            pages.Add((page, bits));
            return true;
        }

        if (bits == MostBits)
        {
            return false;
        }

        var bit = 1UL << (63 - bits);
        var ones = FirstWith(bit, slots);
        return TryFill(slots[..ones], bits + 1, pages) && TryFill(slots[ones..], bits + 1, pages);
    }

    /// <summary>Puts hosts into the smallest single page that will do.</summary>
    /// <returns>Null when they need more than one page.</returns>
    public static HostSlot[]? TryFillOne(ReadOnlySpan<HostSlot> slots)
    {
        HostSlot[]? page = null;
        for (var size = SmallestSize(slots.Length); size <= PageSize && page is null; size *= 2)
        {
            page = TryFill(slots, size);
        }

        return page;
    }

    private static int SmallestSize(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2 * count, 2));

    private static HostSlot[]? TryFill(ReadOnlySpan<HostSlot> slots, int size)
    {
        var page = new HostSlot[size];
        foreach (var slot in slots)
        {
            var chain = 1;
            var position = HostSlot.Position(slot.Key);
            while (page[position & (size - 1)].Cells is not null)
            {
                position++;
                if (++chain > LongestChain)
                {
                    return null;
                }
            }

            page[position & (size - 1)] = slot;
        }

        return page;
    }

    private static int FirstWith(ulong bit, ReadOnlySpan<HostSlot> slots)
    {
        var (low, high) = (0, slots.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = (slots[middle].Key & bit) == 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
