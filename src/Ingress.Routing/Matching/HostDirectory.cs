using System.Buffers;

namespace Ingress.Routing.Matching;

/// <summary>The pages of a <see cref="HostTable{T}"/> while a change is applied: a copy of the directory, whose pages are replaced one by one.</summary>
/// <param name="pages">The directory of the table before; it is not written to.</param>
internal sealed class HostDirectory(HostSlot[][] pages)
{
    // Pages are joined far below the size at which they are split, so that no host that comes and goes does either each time.
    private const int MostHostsOfJoined = HostPages.MostHosts / 2;

    /// <summary>The pages, by the leading bits of the keys.</summary>
    public HostSlot[][] Pages { get; private set; } = [.. pages];

    private int Bits => int.Log2(Pages.Length);

    /// <summary>Replaces the page in which a key belongs.</summary>
    /// <param name="changes">The places to change, sorted by key; those at the start that belong in the same page are applied.</param>
    /// <returns>The number of changes applied; zero when the page cannot be filled with the hash of the table.</returns>
    public int Replace(ReadOnlySpan<HostChange> changes)
    {
        var (first, length) = RunOf((int)(changes[0].Key >> (64 - Bits)));
        if (changes.Length == 1 && HostPages.TryChange(Pages[first], changes[0]) is { } changed)
        {
            Pages.AsSpan(first, length).Fill(changed);
            return 1;
        }

        var applied = 1;
        while (applied < changes.Length && (int)(changes[applied].Key >> (64 - Bits)) < first + length)
        {
            applied++;
        }

        var slots = ArrayPool<HostSlot>.Shared.Rent(HostPages.MostHosts + MostHostsOfJoined + applied);
        var count = Change(Pages[first], changes[..applied], slots);
        (first, length) = Join(first, length, slots, ref count);
        slots.AsSpan(0, count).Sort(static (left, right) => left.Key.CompareTo(right.Key));
        var filled = TryFill(slots.AsSpan(0, count), first, length);
        ArrayPool<HostSlot>.Shared.Return(slots, clearArray: true);
        return filled ? applied : 0;
    }

    // The places of the page with the changes in them.
    private static int Change(HostSlot[] page, ReadOnlySpan<HostChange> changes, Span<HostSlot> slots)
    {
        var count = 0;
        foreach (var slot in page)
        {
            if (slot.Cells is not null && !IsChanged(slot, changes))
            {
                slots[count++] = slot;
            }
        }

        foreach (var change in changes)
        {
            if (change.Cells is not null)
            {
                slots[count++] = new HostSlot(change.Key, change.Cells);
            }
        }

        return count;
    }

    private static bool IsChanged(HostSlot slot, ReadOnlySpan<HostChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Key == slot.Key && change.ToName().IsNameOf(slot.Cells))
            {
                return true;
            }
        }

        return false;
    }

    // While the page that differs in the last common bit alone is as empty, both become one.
    private (int First, int Length) Join(int first, int length, Span<HostSlot> slots, ref int count)
    {
        while (length < Pages.Length)
        {
            var other = first ^ length;
            var page = Pages[other];
            if (RunOf(other).Length != length || count + HostPages.CountOf(page) > MostHostsOfJoined)
            {
                break;
            }

            foreach (var slot in page)
            {
                if (slot.Cells is not null)
                {
                    slots[count++] = slot;
                }
            }

            first = Math.Min(first, other);
            length *= 2;
        }

        return (first, length);
    }

    private bool TryFill(ReadOnlySpan<HostSlot> slots, int first, int length)
    {
        List<(HostSlot[] Page, int Bits)> filled = [];
        var bits = Bits - int.Log2(length);
        if (bits == 0 && slots.Length <= HostPages.MostHosts && HostPages.TryFillOne(slots) is { } only)
        {
            filled.Add((only, 0));
        }
        else if (!HostPages.TryFill(slots, bits, filled))
        {
            return false;
        }

        var needed = filled.Max(static page => page.Bits);
        for (; Bits < needed; first *= 2)
        {
            Double();
        }

        foreach (var (page, common) in filled)
        {
            var times = 1 << (Bits - common);
            Pages.AsSpan(first, times).Fill(page);
            first += times;
        }

        return true;
    }

    private void Double()
    {
        var doubled = new HostSlot[Pages.Length * 2][];
        for (var i = 0; i < doubled.Length; i++)
        {
            doubled[i] = Pages[i / 2];
        }

        Pages = doubled;
    }

    private (int First, int Length) RunOf(int index)
    {
        var page = Pages[index];
        var (first, end) = (index, index + 1);
        while (first > 0 && ReferenceEquals(Pages[first - 1], page))
        {
            first--;
        }

        while (end < Pages.Length && ReferenceEquals(Pages[end], page))
        {
            end++;
        }

        return (first, end - first);
    }
}
