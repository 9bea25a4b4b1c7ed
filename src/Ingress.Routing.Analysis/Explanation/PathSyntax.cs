using System.Text.RegularExpressions;

namespace Ingress.Routing.Explanation;

/// <summary>Tells paths that were meant as patterns; here every path is literal text (semantics 4.11).</summary>
internal static partial class PathSyntax
{
    /// <summary>Whether a path looks like a regular expression or a file pattern.</summary>
    /// <remarks>Parentheses alone do not, since they are common in paths: <c>/Orders(1)</c>.</remarks>
    public static bool LooksLikePattern(string path) => Pattern().IsMatch(path);

    /// <summary>The Prefix that fits what a pattern fits; null when no Prefix does.</summary>
    public static string? PrefixFor(string pattern)
        => AnythingBelow().Match(pattern) is { Success: true } match ? (match.Groups[1].Value.TrimEnd('/') is { Length: > 0 } prefix ? prefix : "/") : null;

    [GeneratedRegex(@"[*|\[\]\\^?{}]|\$\z|[.)]\+|\(\)")]
    private static partial Regex Pattern();

    // '/a/*', '/a.*', '/a(/|$)(.*)', '/a/?(.*)' and the like, after plain text.
    [GeneratedRegex(@"\A\^?(/[\w.~/-]*?)(?:/?\.?\*|\(/\|\$\)|/?\??\(\.[*+]\)|\(/\|\$\)\(\.[*+]\)|\(/\.\*\)\??|/\?\$?)\$?\z")]
    private static partial Regex AnythingBelow();
}
