using System.Runtime.Intrinsics;

namespace Ingress.Routing.Matching;

/// <summary>How the path of a rule is stored, so that one comparison finds both the text and where it ends.</summary>
/// <remarks>
/// A Prefix path ends with a slash, and a request path is compared as if it did too: so <c>/foo</c> takes <c>/foo</c>, <c>/foo/</c> and
/// <c>/foo/bar</c>, but not <c>/foobar</c> (semantics 4.4). An Exact path ends with <see cref="ExactEnd"/>, which is in no path.
/// </remarks>
internal static class PathText
{
    /// <summary>What a stored Prefix path ends with.</summary>
    public const byte PrefixEnd = (byte)'/';

    /// <summary>What a stored Exact path ends with.</summary>
    public const byte ExactEnd = 0x01;

    /// <summary>The text of a path, without its end.</summary>
    public static ReadOnlySpan<char> KeyOf(IngressRoute route)
        => route.PathType != PathType.Exact && route.Path!.EndsWith('/') ? route.Path.AsSpan(..^1) : route.Path;

    public static byte EndOf(IngressRoute route) => route.PathType == PathType.Exact ? ExactEnd : PrefixEnd;

    /// <summary>Whether text and end fit one block.</summary>
    public static bool IsShort(IngressRoute route) => KeyOf(route).Length < TextBlock.Size;

    /// <summary>The text with its end, which must fit one block.</summary>
    public static Vector256<byte> Of(IngressRoute route) => WithEnd(TextBlock.Copy(KeyOf(route)), KeyOf(route).Length, EndOf(route));

    /// <summary>The part of a path before a position, with an end.</summary>
    /// <param name="path">The path.</param>
    /// <param name="length">The position, within the block.</param>
    public static Vector256<byte> WithEnd(Vector256<byte> path, int length, byte end)
        => (path & TextBlock.Before(length)) | TextBlock.At(length, end);
}
