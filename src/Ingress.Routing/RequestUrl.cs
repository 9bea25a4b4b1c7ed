using System.Buffers;

namespace Ingress.Routing;

/// <summary>A URL taken apart as text, into what a client would send for it.</summary>
/// <remarks>
/// Nothing is decoded or resolved, since that is what is to be looked at; <see cref="Uri"/> would resolve dot elements, decode and encode
/// again. Immutable.
/// </remarks>
public sealed class RequestUrl
{
    private static readonly SearchValues<char> s_scheme =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static readonly SearchValues<char> s_endOfAuthority = SearchValues.Create("/?#");

    private RequestUrl(string host, string target, bool isHttps)
    {
        Host = host;
        Target = target;
        IsHttps = isHttps;
    }

    /// <summary>The authority, to be sent as <c>Host</c>; empty when there is none.</summary>
    public string Host { get; }

    /// <summary>The rest, to be sent as request target; starts with <c>/</c>.</summary>
    public string Target { get; }

    /// <summary>Whether the scheme is <c>https</c>.</summary>
    public bool IsHttps { get; }

    /// <summary>Takes a URL apart.</summary>
    /// <param name="url"><c>scheme://host/path</c>, <c>host/path</c>, or <c>/path</c> for a request without a host.</param>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is null.</exception>
    public static RequestUrl Parse(string url)
    {
        ArgumentNullException.ThrowIfNull(url);

        var separator = url.IndexOf("://", StringComparison.Ordinal);
        var hasScheme = separator > 0 && !url.AsSpan(0, separator).ContainsAnyExcept(s_scheme);
        var rest = hasScheme ? url[(separator + 3)..] : url;

        var isHttps = hasScheme && url.AsSpan(0, separator).Equals("https", StringComparison.OrdinalIgnoreCase);
        var end = rest.AsSpan().IndexOfAny(s_endOfAuthority);
        if (end < 0)
        {
            return new(rest, "/", isHttps);
        }

        // An empty path is sent as '/' (RFC 9112, 3.2.1).
        var target = rest[end..];
        return new(rest[..end], target[0] == '/' ? target : "/" + target, isHttps);
    }
}
