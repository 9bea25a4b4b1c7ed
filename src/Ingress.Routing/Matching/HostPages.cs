using System.Numerics;

namespace Ingress.Routing.Matching;

/// <summary>The pages of a <see cref="HostTable{T}"/>: hash tables for the keys that begin with the same bits.</summary>
/// <remarks>
/// A page that gets too full is split in two by the next bit, so a table grows and changes by the page. A page whose probe chains get too
/// long is split as well: no host of a rule is farther from where it belongs than <see cref="LongestChain"/> places, whatever the hosts are.
/// </remarks>
internal static class HostPages
{
    /// <summary>The places of a page of a table that has several; small tables have one that is smaller.</summary>
    public const int PageSize = 512;

    /// <summary>The most hosts of a page, which bounds its load to a half.</summary>
    public const int MostHosts = PageSize / 2;

    /// <summary>The most places of a page that are read to find a host. To find none, the places up to the next free one are.</summary>
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

    /// <summary>Copies a page with one place changed, which a single change nearly always comes to: 1 µs instead of 13.</summary>
    /// <returns>Null when the page would get too full, too empty or its chains too long, so that it has to be filled anew.</returns>
    public static HostSlot[]? TryChange(HostSlot[] page, HostChange change)
    {
        var mask = page.Length - 1;
        var position = HostSlot.Position(change.Key) & mask;
        var chain = 1;
        while (page[position].Cells is { } cells && !(page[position].Key == change.Key && change.ToName().IsNameOf(cells)))
        {
            position = (position + 1) & mask;
            chain++;
        }

        var isKnown = page[position].Cells is not null;
        var count = CountOf(page) + (change.Cells is null ? 0 : 1) - (isKnown ? 1 : 0);
        if (chain > LongestChain || count > page.Length / 2 || (count < page.Length / 4 && change.Cells is null && isKnown))
        {
            return null;
        }

        var changed = (HostSlot[])page.Clone();
        if (change.Cells is not null)
        {
            changed[position] = new HostSlot(change.Key, change.Cells);
        }
        else if (isKnown)
        {
            Remove(changed, position);
        }

        return changed;
    }

    /// <summary>How many hosts a page holds.</summary>
    public static int CountOf(ReadOnlySpan<HostSlot> page)
    {
        var count = 0;
        foreach (ref readonly var slot in page)
        {
            count += slot.Cells is null ? 0 : 1;
        }

        return count;
    }

    // What had to make way for the removed one moves up, so that a chain still ends at the first free place.
    private static void Remove(HostSlot[] page, int free)
    {
        var mask = page.Length - 1;
        for (var i = (free + 1) & mask; page[i].Cells is not null; i = (i + 1) & mask)
        {
            var wanted = HostSlot.Position(page[i].Key) & mask;
            if (((i - wanted) & mask) >= ((i - free) & mask))
            {
                page[free] = page[i];
                free = i;
            }
        }

        page[free] = default;
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
