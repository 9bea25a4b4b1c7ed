using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Ingress.Routing.Matching;

/// <summary>A keyed hash of text blocks: without the key nobody can name two texts that collide.</summary>
internal readonly struct TextHash
{
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <param name="key">Four random words.</param>
    public TextHash(ReadOnlySpan<ulong> key) => (_a, _b, _c, _d) = (key[0], key[1], key[2], key[3]);

    /// <summary>The hash of this process, with a key that was drawn when it started.</summary>
    public static TextHash OfProcess { get; } = Draw();

    /// <summary>A hash with a new key.</summary>
    public static TextHash Draw()
    {
        Span<ulong> key = stackalloc ulong[4];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(key));
        return new TextHash(key);
    }

    /// <summary>The hash of one block, or of all blocks up to it.</summary>
    /// <param name="block">The block; zero beyond the end of the text.</param>
    /// <param name="before">The hash of the blocks before; zero for the first.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Of(Vector256<byte> block, ulong before = 0)
    {
        var words = block.AsUInt64();
        return Fold(words[0] ^ _a, words[1] ^ _b ^ before) ^ Fold(words[2] ^ _c, words[3] ^ _d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong x, ulong y)
    {
        // Math.BigMul hands the low half over in memory, which costs more than to multiply twice.
        if (Bmi2.X64.IsSupported)
        {
            return Bmi2.X64.MultiplyNoFlags(x, y) ^ (x * y);
        }

        var high = Math.BigMul(x, y, out var low);
        return high ^ low;
    }
}
