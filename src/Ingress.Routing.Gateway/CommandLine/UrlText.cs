using System.Buffers;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Takes a URL apart as text.</summary>
/// <remarks><see cref="Uri"/> would resolve dot segments, decode and encode again before anything could be matched.</remarks>
internal static class UrlText
{
    private static readonly SearchValues<char> s_scheme =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static readonly SearchValues<char> s_endOfAuthority = SearchValues.Create("/?#");

    /// <summary>Splits a URL into what a client would send as Host and as request target.</summary>
    /// <returns>The authority, possibly empty, and the rest, which starts with <c>/</c>.</returns>
    public static (string Host, string Target) Split(string url)
    {
        var separator = url.IndexOf("://", StringComparison.Ordinal);
        var hasScheme = separator > 0 && !url.AsSpan(0, separator).ContainsAnyExcept(s_scheme);
        var rest = hasScheme ? url[(separator + 3)..] : url;

        var end = rest.AsSpan().IndexOfAny(s_endOfAuthority);
        if (end < 0)
        {
            return (rest, "/");
        }

        // An empty path is sent as '/' (RFC 9112, 3.2.1).
        var target = rest[end..];
        return (rest[..end], target[0] == '/' ? target : "/" + target);
    }
}
