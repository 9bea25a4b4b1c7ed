using System.Buffers;

namespace Ingress.Routing.Matching;

/// <summary>Turns the raw path of a request into the one path that is matched and forwarded (D8, D9, D10).</summary>
internal static class RequestPath
{
    private static readonly SearchValues<char> s_literals = SearchValues.Create(CanonicalPath.Literals);

    /// <summary>Canonicalises a path.</summary>
    /// <param name="path">The path as received, without its query.</param>
    /// <param name="options">Whether runs of slashes are kept, and encoded separators refused (semantics 8.7).</param>
    /// <param name="canonical">The canonical path: <paramref name="path"/> itself when nothing had to change.</param>
    /// <returns>False when the path is malformed; the answer is then 400.</returns>
    public static bool TryCanonicalize(ReadOnlyMemory<char> path, RouteTableOptions options, out ReadOnlyMemory<char> canonical)
    {
        // Nearly every request stops here: there is nothing to decode, merge or remove, so nothing is copied (trap 29).
        if (IsCertainlyCanonical(path.Span))
        {
            canonical = path;
            return true;
        }

        if (!IsWellFormed(path.Span) || (options.RejectEncodedSeparators && HasEncodedSeparator(path.Span)))
        {
            canonical = default;
            return false;
        }

        canonical = CanonicalPath.Of(path, options.KeepSlashes);
        return true;
    }

    /// <summary>
    /// Whether a path holds an encoded <c>/</c> or <c>\</c>, also where removing dot elements would hide it, or a raw <c>\</c>, whose
    /// canonical form is encoded (semantics 8.7).
    /// </summary>
    public static bool HasEncodedSeparator(ReadOnlySpan<char> path)
        => path.Contains('\\')
            || path.Contains("%2F", StringComparison.OrdinalIgnoreCase)
            || path.Contains("%5C", StringComparison.OrdinalIgnoreCase);

    /// <summary>May say no to a canonical path (<c>/.well-known</c>), never yes to another; the slow path sorts those out.</summary>
    public static bool IsCertainlyCanonical(ReadOnlySpan<char> path)
        => path is ['/', ..]
            && !path.ContainsAnyExcept(s_literals)
            && !path.Contains("//", StringComparison.Ordinal)
            && !path.Contains("/.", StringComparison.Ordinal);

    // D9. Kestrel lets '#', tabs, DEL and "%zz" through (trap 24).
    private static bool IsWellFormed(ReadOnlySpan<char> path)
    {
        if (path is not ['/', ..])
        {
            return false;
        }

        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c is <= ' ' or >= '\x7F' or '#')
            {
                return false;
            }

            if (c == '%' && (!CanonicalPath.IsEscape(path[i..]) || path.Slice(i + 1, 2) is "00"))
            {
                return false;
            }
        }

        return true;
    }
}
