using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ingress.Routing.Matching;

/// <summary>Finds what belongs to a host: by its exact name, or by the one wildcard that can stand for it (semantics 3.2, 3.3).</summary>
/// <remarks>
/// Immutable. <see cref="With"/> shares all pages that a change does not touch. The same table serves routes and certificates, so that a Host
/// and a server name can never be read differently (trap 21).
/// </remarks>
internal sealed partial class HostTable<T>
    where T : class, IHostEntry<T>
{
    public static readonly HostTable<T> Empty = new([]);

    private readonly TextHash _hash;
    private readonly HostSlot[][] _pages;
    private readonly int _shift;
    private readonly int _pageMask;

    /// <summary>How many hosts there are.</summary>
    public int Count { get; }

    /// <summary>The hash of the names, and of whatever the entries look up themselves.</summary>
    public ref readonly TextHash Hash => ref _hash;

    /// <summary>Whether there is any wildcard.</summary>
    public bool HasWildcards => _wildcards > 0;

    public T? FindExact(RequestHost host) => EntryOf(FindExactCells(host));

    public T? FindWildcard(RequestHost host) => EntryOf(FindWildcardCells(host));

    /// <summary>Whether there is an entry, which need not be taken out of its cells for that.</summary>
    public bool HasExact(RequestHost host) => FindExactCells(host) is not null;

    /// <summary>Likewise, for the one wildcard that can stand for the host.</summary>
    public bool HasWildcard(RequestHost host) => FindWildcardCells(host) is not null;

    /// <summary>The entry of a rule host.</summary>
    public T? Get(string ruleHost) => EntryOf(FindCells(HostName.OfRule(ruleHost)));

    /// <summary>The cells of an exact host.</summary>
    /// <param name="host">The host as it was received: one that is in the table is well-formed, without port or final dot.</param>
    public unsafe HostCell[]? FindCells(string host)
    {
        fixed (char* text = host)
        {
            return host.Length <= TextBlock.Size && TextBlock.CanRead(text, host.Length)
                ? FindCells(TextBlock.ToLower(TextBlock.Read(text, host.Length)) & TextBlock.Before(host.Length), (uint)host.Length)
                : FindCells(HostName.Exact(host));
        }
    }

    /// <summary>The cells of a name.</summary>
    public HostCell[]? FindCells(HostName name)
    {
        // Nothing has to be hashed, above all not the kilobytes of a host made up to be long.
        if (name.Text.Length > _longestName)
        {
            return null;
        }

        var key = HostSlot.KeyOf(name.HashBy(_hash), name.Mark);
        var page = _pages[(int)(key >> _shift)];
        for (var position = HostSlot.Position(key); ; position++)
        {
            var slot = page[position & _pageMask];
            if (slot.Cells is null || (slot.Key == key && name.IsNameOf(slot.Cells)))
            {
                return slot.Cells;
            }
        }
    }

    /// <summary>The cells of a name of one block.</summary>
    /// <param name="name">The name in lower case, zero beyond its end.</param>
    /// <param name="mark">Its <see cref="HostName.Mark"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HostCell[]? FindCells(Vector256<byte> name, uint mark)
    {
        Debug.Assert(HostName.LengthOf(mark) <= TextBlock.Size, "The name has more blocks than this one.");
        Debug.Assert((name & TextBlock.Before(HostName.LengthOf(mark))) == name, "The block is not zero beyond the end of the name.");
        var key = HostSlot.KeyOf(_hash.Of(name), mark);
        Debug.Assert(key >> _shift < (ulong)_pages.Length && _pages[key >> _shift].Length == _pageMask + 1, "The key has no page of this table.");
        ref var page = ref MemoryMarshal.GetArrayDataReference(
            Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_pages), (nint)(key >> _shift)));
        var mask = _pageMask;
        for (var position = HostSlot.Position(key); ; position++)
        {
            // Both indices are within bounds by construction (decision 15). Checking them would read the arrays' lengths: one more cache line each.
            ref var slot = ref Unsafe.Add(ref page, position & mask);
            var cells = slot.Cells;
            Debug.Assert(cells is null or { Length: > 0 }, "An entry has no cell for its name.");
            if (cells is null || (slot.Key == key && MemoryMarshal.GetArrayDataReference(cells).Text == name))
            {
                return cells;
            }
        }
    }

    private HostCell[]? FindExactCells(RequestHost host) => host.IsName ? FindCells(HostName.Exact(host.Text)) : null;

    // '*' stands for exactly one label. "a.example.com" is looked up as "example.com" and "a.b.example.com" as "b.example.com",
    // so there is no suffix to scan and no way to match two labels (trap 3).
    private HostCell[]? FindWildcardCells(RequestHost host)
    {
        var dot = host.IsName ? host.Text.IndexOf('.') : -1;
        return dot > 0 ? FindCells(HostName.Wildcard(host.Text[dot..])) : null;
    }

    private static T? EntryOf(HostCell[]? cells) => cells is null ? null : T.FromCells(cells);
}
