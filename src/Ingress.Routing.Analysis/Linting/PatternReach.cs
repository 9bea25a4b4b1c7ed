using System.Buffers;
using Ingress.Routing.Compilation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Linting;

/// <summary>Whether a pattern can match a path that a rule takes. Where that is not certain, it can.</summary>
internal static class PatternReach
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(@"\.[](){}*+?|^$");

    public static bool CanMatch(PathPattern pattern, IngressPath written, LintedTable table)
    {
        var path = table.CanonicalPathOf(written);
        if (RulePath.TypeOf(written) == PathType.Exact)
        {
            return pattern.Fits(path, out _) is not false;
        }

        // What is below '/a/' begins with '/a'.
        var start = LiteralStartOf(pattern.Text);
        var prefix = path.TrimEnd('/');
        return start is null || start.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(start, StringComparison.Ordinal);
    }

    // The characters that each match begins with; null when another alternative or an option may begin otherwise.
    private static string? LiteralStartOf(string pattern)
    {
        if (pattern.Contains('|', StringComparison.Ordinal) || pattern.Contains("(?", StringComparison.Ordinal))
        {
            return null;
        }

        var text = pattern.StartsWith('^') ? pattern[1..] : pattern;
        var end = text.AsSpan().IndexOfAny(s_special);
        return end < 0 ? text : text[end] is '*' or '?' or '{' ? text[..Math.Max(end - 1, 0)] : text[..end];
    }
}
