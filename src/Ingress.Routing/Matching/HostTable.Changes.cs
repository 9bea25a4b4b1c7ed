using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ingress.Routing.Matching;

/// <content>Making a table, all at once or of another one.</content>
internal sealed partial class HostTable<T>
{
    private readonly int _wildcards;
    private readonly int _longestName;

    /// <param name="hosts">Rule hosts, each once: lower-case names, and wildcards such as <c>*.example.com</c>.</param>
    public HostTable(IEnumerable<KeyValuePair<string, T>> hosts)
        : this(hosts, TextHash.OfProcess)
    {
    }

    /// <param name="hash">The hash to use, if it keeps the hosts apart.</param>
    internal HostTable(IEnumerable<KeyValuePair<string, T>> hosts, TextHash hash)
    {
        var named = hosts as IReadOnlyCollection<KeyValuePair<string, T>> ?? [.. hosts];
        List<(HostSlot[] Page, int Bits)> pages = [];
        var slots = new List<HostSlot>(named.Count);
        for (_hash = hash; ; _hash = TextHash.Draw())
        {
            foreach (var (host, entry) in named)
            {
                if (host.Length <= HostName.LengthLimit)
                {
                    slots.Add(SlotOf(host, entry, _hash));
                }
            }

            slots.Sort(static (left, right) => left.Key.CompareTo(right.Key));
            if (TryFill(CollectionsMarshal.AsSpan(slots), pages))
            {
                break;
            }

            slots.Clear();
            pages.Clear();
        }

        Count = slots.Count;
        _wildcards = slots.Count(static slot => HostName.IsWildcard(slot.Mark));
        _longestName = slots.Count == 0 ? 0 : slots.Max(static slot => HostName.LengthOf(slot.Mark));
        _pages = Directory(pages);
        _shift = ShiftOf(_pages);
        _pageMask = pages[0].Page.Length - 1;
        AssertBounds(_pages);
    }

    private HostTable(HostTable<T> before, HostSlot[][] pages, int count, int wildcards, int longestName)
    {
        _hash = before._hash;
        _pages = pages;
        _shift = ShiftOf(pages);
        _pageMask = pages[0].Length - 1;
        _wildcards = wildcards;
        _longestName = longestName;
        Count = count;
        AssertBounds(pages);
    }

    /// <summary>The table that some changes lead to.</summary>
    /// <param name="changes">Rule hosts, each once, with their new entries; null removes.</param>
    /// <returns>A table that shares every page without a changed host.</returns>
    public HostTable<T> With(IReadOnlyCollection<KeyValuePair<string, T?>> changes)
    {
        if (changes.Count == 0)
        {
            return this;
        }

        var count = Count;
        var wildcards = _wildcards;
        var longestName = _longestName;
        var edits = new List<HostChange>(changes.Count);
        foreach (var (host, entry) in changes)
        {
            if (host.Length > HostName.LengthLimit)
            {
                continue;
            }

            var name = HostName.OfRule(host);
            edits.Add(new HostChange(host, KeyOf(name, _hash), entry?.ToCells(name, _hash)));
            var difference = (entry is null ? 0 : 1) - (FindCells(name) is null ? 0 : 1);
            count += difference;
            longestName = Math.Max(longestName, entry is null ? 0 : name.Text.Length);
            wildcards += HostName.IsWildcard(name.Mark) ? difference : 0;
        }

        edits.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        var directory = new HostDirectory(_pages);
        for (var rest = CollectionsMarshal.AsSpan(edits); !rest.IsEmpty;)
        {
            var applied = directory.Replace(rest);
            if (applied == 0)
            {
                return new HostTable<T>(Replaced(changes), TextHash.Draw());
            }

            rest = rest[applied..];
        }

        return new HostTable<T>(this, directory.Pages, count, wildcards, longestName);
    }

    /// <summary>All rule hosts with their entries, in no order.</summary>
    internal IEnumerable<KeyValuePair<string, T>> Hosts()
        => Pages().SelectMany(static page => page)
            .Where(static slot => slot.Cells is not null)
            .Select(static slot => KeyValuePair.Create(HostName.RuleHostOf(slot.Mark, slot.Cells), T.FromCells(slot.Cells!)));

    /// <summary>The pages, each once.</summary>
    internal IReadOnlyList<HostSlot[]> Pages() => [.. _pages.Distinct()];

    private Dictionary<string, T> Replaced(IReadOnlyCollection<KeyValuePair<string, T?>> changes)
    {
        var hosts = new Dictionary<string, T>(Hosts(), StringComparer.Ordinal);
        foreach (var (host, entry) in changes)
        {
            hosts.Remove(host);
            if (entry is not null)
            {
                hosts.Add(host, entry);
            }
        }

        return hosts;
    }

    private static ulong KeyOf(HostName name, TextHash hash) => HostSlot.KeyOf(name.HashBy(hash), name.Mark);

    private static HostSlot SlotOf(string host, T entry, TextHash hash)
    {
        var name = HostName.OfRule(host);
        return new HostSlot(KeyOf(name, hash), entry.ToCells(name, hash));
    }

    private static bool TryFill(ReadOnlySpan<HostSlot> slots, List<(HostSlot[] Page, int Bits)> pages)
    {
        if (slots.Length <= HostPages.MostHosts && HostPages.TryFillOne(slots) is { } only)
        {
            pages.Add((only, 0));
            return true;
        }

        return HostPages.TryFill(slots, 0, pages);
    }

    // A page whose keys have fewer bits in common than the directory has stands in it several times. The directory has one bit at least,
    // because a shift by all 64 bits would be one by none.
    private static HostSlot[][] Directory(List<(HostSlot[] Page, int Bits)> pages)
    {
        var bits = Math.Max(pages.Max(static page => page.Bits), 1);
        var directory = new HostSlot[1 << bits][];
        var next = 0;
        foreach (var page in pages)
        {
            var times = 1 << (bits - page.Bits);
            directory.AsSpan(next, times).Fill(page.Page);
            next += times;
        }

        return directory;
    }

    // What the look-up takes for granted instead of checking each index: the leading bits of a key number a page, some other bits of it a
    // place in the page, and every chain ends at a free place.
    [Conditional("DEBUG")]
    private static void AssertBounds(HostSlot[][] pages)
    {
        Debug.Assert(pages.Length >= 2 && int.IsPow2(pages.Length), "The number of pages is not a power of two.");
        Debug.Assert(int.IsPow2(pages[0].Length), "The size of a page is not a power of two.");
        Debug.Assert(Array.TrueForAll(pages, page => page.Length == pages[0].Length), "The pages differ in size.");
        Debug.Assert(Array.TrueForAll(pages, static page => HostPages.CountOf(page) < page.Length), "A page has no free place.");
    }

    private static int ShiftOf(HostSlot[][] pages) => 64 - int.Log2(pages.Length);
}
