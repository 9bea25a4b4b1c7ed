using Ingress.Routing.Policies;
using Microsoft.Extensions.Primitives;

namespace Ingress.Routing.AspNetCore.Passwords;

/// <summary>A user and a password as a client sends them (RFC 7617). Never shown.</summary>
/// <param name="bytes">What stands behind the scheme, decoded.</param>
/// <param name="colon">Where the name of the user ends.</param>
internal readonly struct Credentials(byte[] bytes, int colon)
{
    private const string Scheme = "Basic ";
    private const int Longest = 4096;

    public ReadOnlySpan<byte> All => bytes;

    /// <summary>The name, one character for each byte.</summary>
    public string User => PasswordFile.NameOf(bytes.AsSpan(0, colon));

    public ReadOnlySpan<byte> Password => bytes.AsSpan(colon + 1);

    /// <summary>Reads a header. Several are none.</summary>
    public static bool TryRead(StringValues header, out Credentials credentials)
    {
        credentials = default;
        if (header is not [{ } text] || text.Length > Longest || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // Some clients leave out what fills the last group, as nginx lets them.
        var encoded = text.AsSpan(Scheme.Length).Trim().TrimEnd('=');
        Span<char> padded = stackalloc char[Longest + 4];
        encoded.CopyTo(padded);
        var length = encoded.Length;
        while (length % 4 != 0)
        {
            padded[length++] = '=';
        }

        var decoded = new byte[length];
        if (!Convert.TryFromBase64Chars(padded[..length], decoded, out var count) || Array.IndexOf(decoded, (byte)':', 0, count) is not (>= 0 and var colon))
        {
            return false;
        }

        credentials = new(decoded[..count], colon);
        return true;
    }

    /// <summary>Returns nothing of it.</summary>
    public override string ToString() => "credentials";
}
