using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ingress.Routing.Matching;

/// <summary>Up to 32 characters as bytes, one in each lane of a vector: the unit in which hosts and paths are hashed and compared.</summary>
/// <remarks>
/// Characters beyond ASCII become 0x7F or more, which is in no host and no canonical path, so that narrowing never makes two texts equal.
/// </remarks>
internal static class TextBlock
{
    /// <summary>The characters of one block.</summary>
    public const int Size = 32;

    private const int PageSize = 4096;

    /// <summary>Whether a block can be read where a text starts, although the text may be shorter.</summary>
    /// <param name="text">The text, pinned.</param>
    /// <param name="length">Its length.</param>
    // What is in the same memory page as the last character can be read. One vector for texts of every length replaces a branch for every
    // size class. Of texts with 20 characters about one in 170 is refused.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe bool CanRead(char* text, int length)
        => length >= Size || (((nuint)(text + length - 1) ^ (nuint)(text + Size - 1)) < PageSize);

    /// <summary>Whether all blocks of a text can be read.</summary>
    public static unsafe bool CanReadAll(char* text, int length)
    {
        var last = (length - 1) & ~(Size - 1);
        return CanRead(text + last, length - last);
    }

    /// <summary>The block at the start of a text.</summary>
    /// <param name="text">The text, pinned, for which <see cref="CanRead"/> holds. Lanes beyond its end hold anything.</param>
    /// <param name="length">Its length, which assertions alone look at.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<byte> Read(char* text, int length)
    {
        Debug.Assert(text != null && length >= 0 && CanRead(text, length), "The block may end in a memory page that is not there.");
        return Narrow(ref *text);
    }

    /// <summary>The block at the start of a text; lanes beyond its end are zero.</summary>
    public static Vector256<byte> Copy(ReadOnlySpan<char> text)
    {
        if (text.Length >= Size)
        {
            return Narrow(ref MemoryMarshal.GetReference(text));
        }

        Span<char> block = stackalloc char[Size];
        block.Clear();
        text.CopyTo(block);
        return Narrow(ref MemoryMarshal.GetReference(block));
    }

    /// <summary>All bits of the lanes before a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Before(int position)
        => Vector256.GreaterThan(Vector256.Create((sbyte)position), Vector256<sbyte>.Indices).AsByte();

    /// <summary>A byte in the lane of a position, zero in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> At(int position, byte value)
        => Vector256.Equals(Vector256.Create((byte)position), Vector256<byte>.Indices) & Vector256.Create(value);

    /// <summary>ASCII letters in lower case, everything else as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> ToLower(Vector256<byte> block)
    {
        // 'A' to 'Z' become the 26 least signed bytes: one comparison for both ends.
        var shifted = (block + Vector256.Create((byte)(0x80 - 'A'))).AsSByte();
        var isUpper = Vector256.LessThan(shifted, Vector256.Create((sbyte)(-128 + 26))).AsByte();
        return block | (isUpper & Vector256.Create((byte)0x20));
    }

    /// <summary>A bit for each lane that holds a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MaskOf(Vector256<byte> block, char value)
        => Vector256.Equals(block, Vector256.Create((byte)value)).ExtractMostSignificantBits();

    /// <summary>A bit for each of the first positions.</summary>
    /// <param name="count">At most <see cref="Size"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MaskBefore(int count)
    {
        Debug.Assert(count is >= 0 and <= Size, "A block has no such position.");
        return (uint)((1UL << count) - 1);
    }

    // Reads a whole block, whatever the text. The callers see to it that it is there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Narrow(ref char text)
    {
        ref var units = ref Unsafe.As<char, short>(ref text);
        var (low, high) = (Vector256.LoadUnsafe(ref units), Vector256.LoadUnsafe(ref units, Size / 2));

        // The portable way takes seven instructions more, because it does not use the one that saturates.
        return Avx2.IsSupported
            ? Avx2.Permute4x64(Avx2.PackSignedSaturate(low, high).AsUInt64(), 0b11_01_10_00).AsByte()
            : Vector256.NarrowWithSaturation(low, high).AsByte();
    }
}
