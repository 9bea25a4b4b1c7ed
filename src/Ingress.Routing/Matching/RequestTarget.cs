namespace Ingress.Routing.Matching;

/// <summary>A request target taken apart, as it was received: authority, path and query.</summary>
internal static class RequestTarget
{
    private const string Root = "/";

    /// <summary>Takes a target in origin-form or absolute-form apart (D8, steps 1 and 2).</summary>
    /// <param name="target">The target as received.</param>
    /// <param name="authority">The authority of an absolute-form target, without user information; empty otherwise.</param>
    /// <param name="path">The path up to the first <c>?</c>, not yet checked.</param>
    /// <param name="query">The rest, with its <c>?</c>; empty when there is none.</param>
    /// <returns>False for any other form (<c>*</c>, the <c>host:port</c> of CONNECT): there is no path to match.</returns>
    public static bool TrySplit(
        string target, out ReadOnlySpan<char> authority, out ReadOnlyMemory<char> path, out ReadOnlyMemory<char> query)
    {
        authority = default;
        path = default;
        query = default;

        var start = 0;
        if (target is not ['/', ..] && !TrySplitAuthority(target, out authority, out start))
        {
            return false;
        }

        var end = target.IndexOf('?', start);
        if (end < 0)
        {
            end = target.Length;
        }

        path = end > start ? target.AsMemory(start, end - start) : Root.AsMemory();
        query = target.AsMemory(end);
        return true;
    }

    private static bool TrySplitAuthority(string target, out ReadOnlySpan<char> authority, out int pathStart)
    {
        authority = default;
        pathStart = 0;

        int start;
        if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            start = "http://".Length;
        }
        else if (target.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            start = "https://".Length;
        }
        else
        {
            return false;
        }

        var length = target.AsSpan(start).IndexOfAny('/', '?', '#');
        pathStart = length < 0 ? target.Length : start + length;
        authority = target.AsSpan(start, pathStart - start);
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        return !authority.IsEmpty;
    }
}
