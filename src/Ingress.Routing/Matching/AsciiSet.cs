using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ingress.Routing.Matching;

/// <summary>A set of ASCII characters that a whole <see cref="TextBlock"/> is compared with at once.</summary>
internal readonly struct AsciiSet
{
    // A character belongs to the set when the entries for its low and its high four bits share a bit. There are eight bits in a byte, and
    // eight values of the high four bits in ASCII. Entries for the others are zero.
    private readonly Vector128<byte> _byLowBits;
    private readonly Vector128<byte> _byHighBits;

    /// <param name="characters">Its characters.</param>
    public AsciiSet(string characters)
    {
        Span<byte> low = stackalloc byte[16];
        Span<byte> high = stackalloc byte[16];
        low.Clear();
        high.Clear();
        foreach (var c in characters)
        {
            low[c & 0x0F] |= (byte)(1 << (c >> 4));
            high[c >> 4] = (byte)(1 << (c >> 4));
        }

        _byLowBits = Vector128.Create<byte>(low);
        _byHighBits = Vector128.Create<byte>(high);
    }

    /// <summary>A bit for each lane whose character is not in the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint OthersIn(Vector256<byte> block)
    {
        var low = block & Vector256.Create((byte)0x0F);
        var high = Vector256.ShiftRightLogical(block.AsUInt16(), 4).AsByte() & Vector256.Create((byte)0x0F);
        return Vector256.IsZero(LookUp(_byLowBits, low) & LookUp(_byHighBits, high)).ExtractMostSignificantBits();
    }

    // The portable shuffle of 32 bytes crosses the halves, which is never needed here and costs three instructions more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LookUp(Vector128<byte> table, Vector256<byte> indices)
        => Avx2.IsSupported
            ? Avx2.Shuffle(Vector256.Create(table, table), indices)
            : Vector256.Create(Vector128.Shuffle(table, indices.GetLower()), Vector128.Shuffle(table, indices.GetUpper()));
}
