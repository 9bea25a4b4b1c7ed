using System.Text.RegularExpressions;

namespace Ingress.Routing.Linting;

/// <summary>Tells paths that were meant as patterns; here every path is literal text (semantics 4.11).</summary>
internal static partial class PathSyntax
{
    /// <summary>Whether a path looks like a regular expression or a file pattern.</summary>
    /// <remarks>Parentheses alone do not, since they are common in paths: <c>/Orders(1)</c>.</remarks>
    public static bool LooksLikePattern(string path) => Pattern().IsMatch(path);

    [GeneratedRegex(@"[*|\[\]\\^?{}]|\$\z|[.)]\+|\(\)")]
    private static partial Regex Pattern();
}
