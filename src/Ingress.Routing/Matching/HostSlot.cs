namespace Ingress.Routing.Matching;

/// <summary>One place of a page: a key, and what was laid out for the host. Four share a cache line.</summary>
/// <param name="Key">48 bits of the hash, then <see cref="HostName.Mark"/>.</param>
/// <param name="Cells">The entry; null when the place is free.</param>
internal readonly record struct HostSlot(ulong Key, HostCell[]? Cells)
{
    // Away from the mark, and from the leading bits, which choose the page.
    private const int PositionShift = 31;

    /// <summary>The mark of the name.</summary>
    public uint Mark => (ushort)Key;

    public static ulong KeyOf(ulong hash, uint mark) => (hash & ~(ulong)ushort.MaxValue) | mark;

    /// <summary>Where in a page a key belongs, before the mask of the page.</summary>
    public static int Position(ulong key) => (int)(key >> PositionShift);
}
