namespace Ingress.Routing;

/// <summary>Reads the <c>Cookie</c> header where it lies (RFC 6265, 4.2).</summary>
internal static class CookieText
{
    public const string Header = "Cookie";

    /// <summary>Finds the first cookie with a name.</summary>
    /// <param name="header">The header; null when there is none.</param>
    /// <param name="name">The name, letter by letter.</param>
    /// <param name="value">The value as received.</param>
    public static bool TryFind(string? header, string name, out ReadOnlySpan<char> value)
    {
        for (var rest = header.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf(';');
            var cookie = (end < 0 ? rest : rest[..end]).Trim(" \t");
            rest = end < 0 ? default : rest[(end + 1)..];
            var equals = cookie.IndexOf('=');
            if (equals >= 0 && cookie[..equals].SequenceEqual(name))
            {
                value = cookie[(equals + 1)..];
                return true;
            }
        }

        value = default;
        return false;
    }
}
