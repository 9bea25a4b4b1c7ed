using System.Security.Cryptography;
using System.Text;

namespace Ingress.Routing.AspNetCore.Passwords;

/// <summary>The hashes <c>$5$</c> (SHA-256) and <c>$6$</c> (SHA-512) of <c>crypt</c>.</summary>
internal static class ShaCrypt
{
    public const int UsualRounds = 5000;

    private const int LeastRounds = 1000;

    /// <summary>What follows the salt in a hash.</summary>
    public static string Digest(ReadOnlySpan<byte> password, string salt, int rounds, bool isSha512)
    {
        using var hash = IncrementalHash.CreateHash(isSha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        var size = hash.HashLengthInBytes;
        var saltBytes = Encoding.Latin1.GetBytes(salt);
        Span<byte> digest = stackalloc byte[size];
        hash.AppendData(password);
        hash.AppendData(saltBytes);
        hash.AppendData(password);
        hash.GetHashAndReset(digest);

        hash.AppendData(password);
        hash.AppendData(saltBytes);
        AppendRepeated(hash, digest, password.Length);
        for (var bits = password.Length; bits > 0; bits >>= 1)
        {
            hash.AppendData((bits & 1) != 0 ? digest : password);
        }

        Span<byte> result = stackalloc byte[size];
        hash.GetHashAndReset(result);

        for (var i = 0; i < password.Length; i++)
        {
            hash.AppendData(password);
        }

        hash.GetHashAndReset(digest);
        var repeatedPassword = Repeat(digest, password.Length);
        for (var i = 0; i < 16 + result[0]; i++)
        {
            hash.AppendData(saltBytes);
        }

        hash.GetHashAndReset(digest);
        var repeatedSalt = Repeat(digest, saltBytes.Length);
        rounds = Math.Max(rounds, LeastRounds);
        for (var round = 0; round < rounds; round++)
        {
            hash.AppendData((round & 1) != 0 ? repeatedPassword : result);
            if (round % 3 != 0)
            {
                hash.AppendData(repeatedSalt);
            }

            if (round % 7 != 0)
            {
                hash.AppendData(repeatedPassword);
            }

            hash.AppendData((round & 1) != 0 ? result : repeatedPassword);
            hash.GetHashAndReset(result);
        }

        return isSha512 ? Encode512(result) : Encode256(result);
    }

    private static void AppendRepeated(IncrementalHash hash, ReadOnlySpan<byte> digest, int length)
    {
        for (; length > 0; length -= digest.Length)
        {
            hash.AppendData(digest[..Math.Min(length, digest.Length)]);
        }
    }

    private static byte[] Repeat(ReadOnlySpan<byte> digest, int length)
    {
        var repeated = new byte[length];
        for (var i = 0; i < length; i++)
        {
            repeated[i] = digest[i % digest.Length];
        }

        return repeated;
    }

    // Three bytes from three thirds of the digest, whose order turns by one each time.
    private static string Encode256(ReadOnlySpan<byte> digest)
    {
        Span<char> text = stackalloc char[43];
        var length = 0;
        for (var (a, b, c, i) = (0, 10, 20, 0); i < 10; i++)
        {
            CryptDigits.Append(text, ref length, digest[a], digest[b], digest[c], 4);
            (a, b, c) = (c + 1, a + 1, b + 1);
        }

        CryptDigits.Append(text, ref length, 0, digest[31], digest[30], 3);
        return text.ToString();
    }

    private static string Encode512(ReadOnlySpan<byte> digest)
    {
        Span<char> text = stackalloc char[86];
        var length = 0;
        for (var (a, b, c, i) = (0, 21, 42, 0); i < 21; i++)
        {
            CryptDigits.Append(text, ref length, digest[a], digest[b], digest[c], 4);
            (a, b, c) = (b + 1, c + 1, a + 1);
        }

        CryptDigits.Append(text, ref length, 0, 0, digest[63], 2);
        return text.ToString();
    }
}
