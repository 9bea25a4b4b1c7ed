using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ingress.Routing.Matching;

/// <summary>One pass over the target of a request that finds where its path ends, and that nothing has to be done to it.</summary>
internal static class RequestScan
{
    private static readonly AsciiSet s_literals = new(CanonicalPath.Literals);

    /// <param name="target">The target, pinned, for which <see cref="TextBlock.CanRead"/> holds.</param>
    /// <param name="length">Its length.</param>
    /// <param name="block">The first block of the target; lanes beyond the path hold anything.</param>
    /// <param name="slashes">A bit for each slash of the path in that block.</param>
    /// <returns>The length of the path; negative when the target is not certainly an origin-form with a canonical path.</returns>
    // May say no to a canonical path ("/.well-known"), never yes to another; the slow path sorts those out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe int PathLength(char* target, int length, out Vector256<byte> block, out uint slashes)
    {
        block = TextBlock.Read(target, length);
        var end = Math.Min(BitOperations.TrailingZeroCount(s_literals.OthersIn(block) | (1UL << TextBlock.Size)), length);
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
        Debug.Assert(length >= TextBlock.Size, "The last block begins within the target.");
        for (var start = TextBlock.Size - 1; ; start += TextBlock.Size - 1)
        {
            start = Math.Min(start, length - TextBlock.Size);
            var block = TextBlock.Read(target + start, length - start);
            var end = BitOperations.TrailingZeroCount(s_literals.OthersIn(block) | (1UL << TextBlock.Size));
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
}
