using System.Security.Cryptography;
using System.Text;
using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore.Passwords;

/// <summary>Whether a password is the one whose hash is stored. Takes as long for a wrong one as for the right one.</summary>
internal static class PasswordVerifier
{
    // What crypt takes, too: the time grows with it.
    private const int LongestPassword = 511;

    /// <summary>Verifies a password; up to about a second of work.</summary>
    public static bool Verify(ReadOnlySpan<byte> password, PasswordHash hash)
    {
        if (password.Length > LongestPassword)
        {
            return false;
        }

        var text = hash.Text;
        return hash.Scheme switch
        {
            PasswordScheme.Plain => IsSame(password, Encoding.Latin1.GetBytes(text["{PLAIN}".Length..])),
            PasswordScheme.Sha1 => IsSame(Sha1(password, []), Convert.FromBase64String(text["{SHA}".Length..])),
            PasswordScheme.SaltedSha1 => IsSaltedSha1(password, Convert.FromBase64String(text["{SSHA}".Length..])),
            PasswordScheme.Apr1 => IsMd5Crypt(password, text, "$apr1$"),
            PasswordScheme.Md5Crypt => IsMd5Crypt(password, text, "$1$"),
            PasswordScheme.Sha256Crypt => IsShaCrypt(password, text, isSha512: false),
            PasswordScheme.Sha512Crypt => IsShaCrypt(password, text, isSha512: true),
            PasswordScheme.Bcrypt => IsBcrypt(password, text),
            PasswordScheme.DesCrypt => IsSame(DesCrypt.Digest(password, text[..2]), text[2..]),
            _ => false,
        };
    }

    /// <summary>Whether verifying takes so long that few may do it at a time.</summary>
    public static bool IsSlow(PasswordScheme scheme)
        => scheme is PasswordScheme.Bcrypt or PasswordScheme.Sha256Crypt or PasswordScheme.Sha512Crypt or PasswordScheme.Apr1 or PasswordScheme.Md5Crypt;

    private static bool IsSaltedSha1(ReadOnlySpan<byte> password, byte[] stored)
        => IsSame(Sha1(password, stored.AsSpan(SHA1.HashSizeInBytes)), stored.AsSpan(0, SHA1.HashSizeInBytes));

    private static bool IsMd5Crypt(ReadOnlySpan<byte> password, string text, string mark)
    {
        var end = text.IndexOf('$', mark.Length);
        return IsSame(Md5Crypt.Digest(password, mark, text[mark.Length..end]), text[(end + 1)..]);
    }

    private static bool IsShaCrypt(ReadOnlySpan<byte> password, string text, bool isSha512)
    {
        var parts = text.Split('$'); // empty, the mark, the rounds if any are written, the salt, the digest
        var rounds = parts.Length > 4 ? int.Parse(parts[2].AsSpan("rounds=".Length), System.Globalization.CultureInfo.InvariantCulture) : ShaCrypt.UsualRounds;
        return IsSame(ShaCrypt.Digest(password, parts[^2], rounds, isSha512), parts[^1]);
    }

    // A zero ends a password in C, and the library would take it for one character of many.
    private static bool IsBcrypt(ReadOnlySpan<byte> password, string text)
    {
        if (password.Contains((byte)0))
        {
            return false;
        }

        try
        {
            return BCrypt.Net.BCrypt.Verify(Encoding.UTF8.GetString(password), text);
        }
        catch (BCrypt.Net.SaltParseException)
        {
            return false;
        }
    }

#pragma warning disable CA5350 // one of the forms of htpasswd; which one is used is up to the owner of the Secret
    private static byte[] Sha1(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt) => SHA1.HashData([.. password, .. salt]);
#pragma warning restore CA5350

    private static bool IsSame(string computed, string stored) => IsSame(Encoding.Latin1.GetBytes(computed), Encoding.Latin1.GetBytes(stored));

    // The lengths may be seen, but for a password that is stored as it is.
    private static bool IsSame(ReadOnlySpan<byte> computed, ReadOnlySpan<byte> stored)
        => CryptographicOperations.FixedTimeEquals(SHA256.HashData(computed), SHA256.HashData(stored));
}
