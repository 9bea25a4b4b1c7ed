using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Ingress.Routing.Policies;

/// <summary>A regular expression of a rule, found anywhere in a text. Immutable.</summary>
/// <remarks>Linear in the length of the text; one that needs backtracking is looked for under a small time limit.</remarks>
internal sealed class RulePattern
{
    private const int MaxLength = 1000;

    private readonly Regex _regex;

    private RulePattern(Regex regex) => _regex = regex;

    public bool NeedsBacktracking => !_regex.Options.HasFlag(RegexOptions.NonBacktracking);

    public static bool TryParse(string text, bool ignoreCase, [NotNullWhen(true)] out RulePattern? pattern)
    {
        pattern = null;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        try
        {
            pattern = new(Compile(text, RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)));
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Looks for the pattern.</summary>
    /// <returns>Whether it is in there; null when it took longer than it may.</returns>
    public bool? IsIn(string text, out Match? captures)
    {
        captures = null;
        try
        {
            captures = _regex.Match(text);
            return captures.Success;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex Compile(string text, RegexOptions options)
    {
        try
        {
            return new Regex(text, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(text, options, PathPattern.BacktrackingLimit);
        }
    }
}
