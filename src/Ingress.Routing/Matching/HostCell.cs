using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ingress.Routing.Matching;

/// <summary>A block of text and the object that it leads to.</summary>
/// <remarks>
/// One array of cells is all there is of a host, so that a request reads adjacent cache lines of a single object: the first cell is the host,
/// the next ones are its paths, the last ones the rest of a host that is longer than one block.
/// </remarks>
internal readonly struct HostCell(object? item, Vector256<byte> text)
{
    private readonly ulong _text0 = text.AsUInt64()[0];
    private readonly ulong _text1 = text.AsUInt64()[1];
    private readonly ulong _text2 = text.AsUInt64()[2];
    private readonly ulong _text3 = text.AsUInt64()[3];

    /// <summary>The object.</summary>
    public object? Item { get; } = item;

    /// <summary>The text, zero beyond its end.</summary>
    // Four words, because a field of the vector's type would have to be aligned to 32 bytes and so make the cell half as large again.
    public Vector256<byte> Text
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.LoadUnsafe(in _text0).AsByte();
    }

    /// <summary>The first byte of the text.</summary>
    public byte FirstByte => (byte)_text0;

    /// <summary>One of the eight words of a text that is none.</summary>
    public uint Entry(int index) => Unsafe.Add(ref Unsafe.As<ulong, uint>(ref Unsafe.AsRef(in _text0)), index);
}
