using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ingress.Routing.Matching;

/// <summary>One pass over the target of a request that finds where its path ends, and that nothing has to be done to it.</summary>
internal static class RequestScan
{
    // pchar of RFC 3986 without '%', and the slash: bit n of the entry for the low four bits stands for the high four bits n + 2.
    private static readonly Vector128<byte> s_lowBits = LowBits();

    // Nothing above 0x7F: those lanes are zero.
    private static readonly Vector128<byte> s_highBits =
        Vector128.Create(0, 0, 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 0, 0, 0, 0, 0, 0, 0, (byte)0);

    /// <param name="target">The target, pinned, for which <see cref="TextBlock.CanRead"/> holds.</param>
    /// <param name="length">Its length.</param>
    /// <param name="block">The first block of the target; lanes beyond the path hold anything.</param>
    /// <param name="slashes">A bit for each slash of the path in that block.</param>
    /// <returns>The length of the path; negative when the target is not certainly an origin-form with a canonical path.</returns>
    // May say no to a canonical path ("/.well-known"), never yes to another; the slow path sorts those out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe int PathLength(char* target, int length, out Vector256<byte> block, out uint slashes)
    {
        block = TextBlock.Read(target);
        var others = ~LiteralsOf(block);
        var end = Math.Min(BitOperations.TrailingZeroCount(others | (1UL << TextBlock.Size)), length);
        var mask = TextBlock.MaskBefore(end);
        slashes = TextBlock.MaskOf(block, '/') & mask;
        var slashesOrDots = TextBlock.MaskOf(block | Vector256<byte>.One, '/') & mask;

        // It begins with a slash, and no other slash or dot follows one.
        if ((slashes & 1) == 0 || (slashes & (slashesOrDots >> 1)) != 0)
        {
            return -1;
        }

        return end == length || (end < TextBlock.Size && target[end] == '?') ? end
            : end < TextBlock.Size ? -1
            : LongPathLength(target, length);
    }

    // The last block overlaps the one before, and so does every other by one character, for the pairs that would be cut in two.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe int LongPathLength(char* target, int length)
    {
        for (var start = TextBlock.Size - 1; ; start += TextBlock.Size - 1)
        {
            start = Math.Min(start, length - TextBlock.Size);
            var block = TextBlock.Read(target + start);
            var end = BitOperations.TrailingZeroCount(~LiteralsOf(block) | (1UL << TextBlock.Size));
            var mask = TextBlock.MaskBefore(end);
            var slashesOrDots = TextBlock.MaskOf(block | Vector256<byte>.One, '/') & mask;
            if ((TextBlock.MaskOf(block, '/') & (slashesOrDots >> 1)) != 0)
            {
                return -1;
            }

            if (end < TextBlock.Size)
            {
                return target[start + end] == '?' ? start + end : -1;
            }

            if (start + TextBlock.Size == length)
            {
                return length;
            }
        }
    }

    // A bit for each lane that holds a literal path character.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LiteralsOf(Vector256<byte> block)
    {
        var low = block & Vector256.Create((byte)0x0F);
        var high = Vector256.ShiftRightLogical(block.AsUInt16(), 4).AsByte() & Vector256.Create((byte)0x0F);
        var bits = Shuffle(s_lowBits, low) & Shuffle(s_highBits, high);
        return (uint)~Vector256.IsZero(bits).ExtractMostSignificantBits();
    }

    // The portable shuffle of 32 bytes crosses the halves, which is never needed here and costs three instructions more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Shuffle(Vector128<byte> table, Vector256<byte> indices)
        => Avx2.IsSupported
            ? Avx2.Shuffle(Vector256.Create(table, table), indices)
            : Vector256.Create(Vector128.Shuffle(table, indices.GetLower()), Vector128.Shuffle(table, indices.GetUpper()));

    private static Vector128<byte> LowBits()
    {
        Span<byte> bits = stackalloc byte[16];
        bits.Clear();
        foreach (var c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/")
        {
            bits[c & 0x0F] |= (byte)(1 << ((c >> 4) - 2));
        }

        return Vector128.Create<byte>(bits);
    }
}
