using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Ingress.Routing.Matching;

/// <summary>A keyed hash of text blocks: without the key no one can name two texts that collide.</summary>
/// <remarks>
/// NH, the almost universal hash in UMAC (RFC 4418, 5.2): the sum of the products of the two halves of each 64 bits, after the key was added; then one
/// multiplication, which spreads the sum. Upper bits are better than lower ones: take those.
/// </remarks>
internal readonly record struct TextHash
{
    private const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    private readonly Vector256<uint> _key;

    /// <param name="key">Eight random words.</param>
    public TextHash(ReadOnlySpan<uint> key) => _key = Vector256.Create(key);

    /// <summary>The hash of this process, with a key that was drawn when it started.</summary>
    public static TextHash OfProcess { get; } = Draw();

    /// <summary>A hash with a new key.</summary>
    public static TextHash Draw()
    {
        Span<uint> key = stackalloc uint[Vector256<uint>.Count];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(key));
        return new TextHash(key);
    }

    /// <summary>The hash of one block, or of all blocks up to it.</summary>
    /// <param name="block">The block; zero beyond the end of the text.</param>
    /// <param name="before">The hash of the blocks before; zero for the first.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Of(Vector256<byte> block, ulong before = 0)
    {
        var keyed = block.AsUInt32() + _key;
        var products = Multiply(keyed.AsUInt64(), keyed.AsUInt64() >>> 32);
        var sums = products.GetLower() + products.GetUpper();
        return (sums[0] + sums[1] + before) * Spread;
    }

    // The lower halves of four words each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Multiply(Vector256<ulong> left, Vector256<ulong> right)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.Multiply(left.AsUInt32(), right.AsUInt32());
        }

        var lower = Vector256.Create((ulong)uint.MaxValue);
        return (left & lower) * (right & lower);
    }
}
