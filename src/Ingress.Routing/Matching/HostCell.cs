using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ingress.Routing.Matching;

/// <summary>A block of text and the object that it leads to.</summary>
/// <remarks>
/// One array of cells is all there is of a host, so that a request reads adjacent cache lines of a single object: the first cell is the host
/// and leads to its <see cref="HostScope"/>, the next ones are its paths, the last ones the rest of a host that is longer than one block (decision 15).
/// </remarks>
internal readonly struct HostCell
{
    private readonly Words _text;

    public HostCell(object? item, Vector256<byte> text)
    {
        Item = item;
        text.AsUInt64().CopyTo(_text);
    }

    /// <summary>The object.</summary>
    public object? Item { get; }

    /// <summary>The text, zero beyond its end.</summary>
    public Vector256<byte> Text
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.LoadUnsafe(in _text[0]).AsByte();
    }

    /// <summary>The first byte of the text.</summary>
    public byte FirstByte => (byte)_text[0];

    /// <summary>The object, whose type the place of the cell implies. All unchecked casts of the matcher are this one.</summary>
    /// <remarks>A checked cast would read the type of the object from memory: one more cache line for each request.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? ItemAs<T>()
        where T : class
    {
        Debug.Assert(Item is null or T, "A cell holds an object of another type than its place implies.");
        return Unsafe.As<T>(Item);
    }

    /// <summary>One of the eight entries of an index that is kept in place of a text.</summary>
    public uint Entry(int index)
    {
        Debug.Assert((uint)index < Vector256<uint>.Count, "A cell has eight entries.");
        return Unsafe.Add(ref Unsafe.As<ulong, uint>(ref Unsafe.AsRef(in _text[0])), index);
    }

    // A field of the vector's type would have to be aligned to 32 bytes and so make the cell half as large again. Four fields would be
    // adjacent only by what the runtime happens to do with a struct that holds a reference.
    [InlineArray(4)]
    private struct Words
    {
        private ulong _first;
    }
}
