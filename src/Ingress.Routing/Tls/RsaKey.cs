using System.Numerics;

namespace Ingress.Routing.Tls;

/// <summary>Whether the two halves of an RSA key belong together, by arithmetic: 30 µs instead of 4 ms.</summary>
internal static class RsaKey
{
    // Other sizes exist; the platform decides about them.
    private const int SmallestModulus = 1024 / 8;
    private const int LargestModulus = 8192 / 8;
    private const int LongestExponent = 4;

    /// <param name="publicKey">An RSAPublicKey.</param>
    /// <param name="privateKey">An RSAPrivateKey.</param>
    /// <returns>Whether it is certain that they do.</returns>
    public static bool Fits(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> privateKey)
    {
        if (!DerReader.TryOpen(publicKey, DerTag.Sequence, out var reader)
            || !reader.TryReadPositive(out var modulus)
            || !reader.TryReadPositive(out var exponent)
            || !reader.IsEmpty
            || !DerReader.TryOpen(privateKey, DerTag.Sequence, out reader)
            || !reader.TryReadVersion(0)
            || !reader.TryReadPositive(out var privateModulus)
            || !reader.TryReadPositive(out var privateExponent)
            || !modulus.SequenceEqual(privateModulus)
            || !exponent.SequenceEqual(privateExponent)
            || !reader.TryReadPositive(out var d)
            || !reader.TryReadPositive(out var p)
            || !reader.TryReadPositive(out var q)
            || !reader.TryReadPositive(out var dp)
            || !reader.TryReadPositive(out var dq)
            || !reader.TryReadPositive(out var qInverse)
            || !reader.IsEmpty)
        {
            return false;
        }

        return IsUsual(modulus, exponent, d, p, q)
            && IsConsistent(Number(modulus), Number(exponent), Number(d), (Number(p), Number(dp)), (Number(q), Number(dq)), Number(qInverse));
    }

    // The platform moves keys about in arrays of these sizes, and fails when a part has another.
    private static bool IsUsual(
        ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent, ReadOnlySpan<byte> d, ReadOnlySpan<byte> p, ReadOnlySpan<byte> q)
        => modulus.Length is >= SmallestModulus and <= LargestModulus
            && modulus.Length % 2 == 0
            && modulus[0] >= 0x80
            && exponent.Length <= LongestExponent
            && (exponent[^1] & 1) == 1
            && exponent is not [1]
            && d.Length <= modulus.Length
            && p.Length == modulus.Length / 2
            && q.Length == modulus.Length / 2;

    private static bool IsConsistent(
        BigInteger modulus, BigInteger exponent, BigInteger d, (BigInteger Prime, BigInteger Exponent) p, (BigInteger Prime, BigInteger Exponent) q, BigInteger qInverse)
        => !p.Prime.IsEven
            && !q.Prime.IsEven
            && p.Prime != q.Prime
            && p.Prime * q.Prime == modulus
            && d < modulus
            && IsInverse(exponent, d, p)
            && IsInverse(exponent, d, q)
            && qInverse < p.Prime
            && BigInteger.Remainder(qInverse * q.Prime, p.Prime).IsOne;

    private static bool IsInverse(BigInteger exponent, BigInteger d, (BigInteger Prime, BigInteger Exponent) half)
    {
        var order = half.Prime - 1;
        return BigInteger.Remainder(d, order) == half.Exponent && BigInteger.Remainder(half.Exponent * exponent, order).IsOne;
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
