using System.Buffers;

namespace Ingress.Routing;

/// <summary>The characters of methods, of names of headers and of names of cookies (RFC 9110, 5.6.2).</summary>
public static class HttpToken
{
    private static readonly SearchValues<char> s_characters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether a text is a token.</summary>
    /// <param name="text">The text. An empty one is none.</param>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(s_characters);
}
