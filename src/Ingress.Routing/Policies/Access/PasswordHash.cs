using System.Buffers;
using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>What is stored of a password. Immutable; neither shown nor told by <see cref="ToString"/>.</summary>
public readonly record struct PasswordHash
{
    /// <summary>The highest cost of bcrypt that is taken: the next one takes more than a second.</summary>
    public const int MostBcryptCost = 13;

    /// <summary>The most rounds of SHA-256 and SHA-512 that are taken: more take more than a second.</summary>
    public const int MostRounds = 200_000;

    private const int LeastBcryptCost = 4;
    private const int BcryptLength = 60;
    private const int DesLength = 13;
    private const int Sha1Length = 20;
    private const string RoundsPrefix = "rounds=";

    private static readonly SearchValues<char> s_digits = SearchValues.Create("./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private PasswordHash(PasswordScheme scheme, string text)
    {
        Scheme = scheme;
        Text = text;
    }

    /// <summary>How it is made.</summary>
    public PasswordScheme Scheme { get; }

    /// <summary>The hash as it is stored, with its marks.</summary>
    public string Text { get; }

    /// <summary>Reads what stands behind the name of a user in a file of <c>htpasswd</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hash">The hash.</param>
    /// <param name="problem">Why it is none that is taken, without any of it: the end of a sentence that begins with "it". Null when it is one.</param>
    /// <returns>Whether it is one that is taken.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, out PasswordHash hash, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = null;
        PasswordScheme? scheme = text switch
        {
            ['{', 'P', 'L', 'A', 'I', 'N', '}', ..] => PasswordScheme.Plain,
            ['{', 'S', 'H', 'A', '}', .. var rest] when BytesOf(rest) == Sha1Length => PasswordScheme.Sha1,
            ['{', 'S', 'S', 'H', 'A', '}', .. var rest] when BytesOf(rest) >= Sha1Length => PasswordScheme.SaltedSha1,
            ['$', 'a', 'p', 'r', '1', '$', .. var rest] when IsSalted(rest, 8, 22) => PasswordScheme.Apr1,
            ['$', '1', '$', .. var rest] when IsSalted(rest, 8, 22) => PasswordScheme.Md5Crypt,
            ['$', '5', '$', .. var rest] when IsWithRounds(rest, 43, ref problem) => PasswordScheme.Sha256Crypt,
            ['$', '6', '$', .. var rest] when IsWithRounds(rest, 86, ref problem) => PasswordScheme.Sha512Crypt,
            ['$', '2', 'a' or 'b' or 'y', '$', .. var rest] when IsBcrypt(rest, ref problem) => PasswordScheme.Bcrypt,
            { Length: DesLength } when !text.AsSpan().ContainsAnyExcept(s_digits) => PasswordScheme.DesCrypt,
            _ => null,
        };
        hash = scheme is { } known ? new(known, text) : default;
        problem = scheme is null ? problem ?? "is no hash that is known here" : null;
        return scheme is not null;
    }

    /// <summary>Returns the scheme, and nothing else.</summary>
    public override string ToString() => Scheme.ToString();

    private static bool IsSalted(string text, int longestSalt, int digestLength)
        => text.IndexOf('$', StringComparison.Ordinal) is >= 0 and var end && end <= longestSalt && IsDigest(text.AsSpan(end + 1), digestLength);

    private static bool IsWithRounds(string text, int digestLength, ref string? problem)
    {
        if (text.StartsWith(RoundsPrefix, StringComparison.Ordinal))
        {
            var end = text.IndexOf('$', StringComparison.Ordinal);
            if (end < 0 || !int.TryParse(text.AsSpan(RoundsPrefix.Length, end - RoundsPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds))
            {
                return false;
            }

            text = text[(end + 1)..];
            if (rounds > MostRounds)
            {
                problem = $"takes more than a second to verify: it has more than {MostRounds} rounds";
                return false;
            }
        }

        return IsSalted(text, 16, digestLength);
    }

    private static bool IsBcrypt(string text, ref string? problem)
    {
        if (text.Length != BcryptLength - 4
            || text[2] != '$'
            || !int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var cost)
            || !IsDigest(text.AsSpan(3), 53)
            || cost < LeastBcryptCost)
        {
            return false;
        }

        problem = cost > MostBcryptCost ? $"takes more than a second to verify: its cost is {cost}, and {MostBcryptCost} is the most" : null;
        return problem is null;
    }

    private static bool IsDigest(ReadOnlySpan<char> text, int length) => text.Length == length && !text.ContainsAnyExcept(s_digits);

    private static int BytesOf(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? count : -1;
    }
}
