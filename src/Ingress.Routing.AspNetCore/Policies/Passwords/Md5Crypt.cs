using System.Security.Cryptography;
using System.Text;

namespace Ingress.Routing.AspNetCore.Passwords;

/// <summary>The hashes <c>$1$</c> of <c>crypt</c> and <c>$apr1$</c> of <c>htpasswd</c>, which differ in nothing but that mark.</summary>
internal static class Md5Crypt
{
    private const int DigestLength = 22;
    private const int Rounds = 1000;

    /// <summary>What follows the salt in a hash.</summary>
    public static string Digest(ReadOnlySpan<byte> password, string mark, string salt)
    {
        var saltBytes = Encoding.Latin1.GetBytes(salt);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        Span<byte> digest = stackalloc byte[16];
        hash.AppendData(password);
        hash.AppendData(saltBytes);
        hash.AppendData(password);
        hash.GetHashAndReset(digest);

        hash.AppendData(password);
        hash.AppendData(Encoding.Latin1.GetBytes(mark));
        hash.AppendData(saltBytes);
        for (var left = password.Length; left > 0; left -= digest.Length)
        {
            hash.AppendData(digest[..Math.Min(left, digest.Length)]);
        }

        for (var bits = password.Length; bits > 0; bits >>= 1)
        {
            hash.AppendData((bits & 1) != 0 ? [0] : password[..1]);
        }

        hash.GetHashAndReset(digest);
        for (var round = 0; round < Rounds; round++)
        {
            hash.AppendData((round & 1) != 0 ? password : digest);
            if (round % 3 != 0)
            {
                hash.AppendData(saltBytes);
            }

            if (round % 7 != 0)
            {
                hash.AppendData(password);
            }

            hash.AppendData((round & 1) != 0 ? digest : password);
            hash.GetHashAndReset(digest);
        }

        Span<char> text = stackalloc char[DigestLength];
        var length = 0;
        for (var i = 0; i < 5; i++)
        {
            CryptDigits.Append(text, ref length, digest[i], digest[i + 6], digest[i == 4 ? 5 : i + 12], 4);
        }

        CryptDigits.Append(text, ref length, 0, 0, digest[11], 2);
        return text.ToString();
    }
}
