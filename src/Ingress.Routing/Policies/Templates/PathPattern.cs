using System.Text.RegularExpressions;

namespace Ingress.Routing.Policies;

/// <summary>A regular expression for canonical paths, anchored at their start. Immutable; compared by its text.</summary>
/// <remarks>
/// Matching is linear in the length of the path. A pattern that needs backtracking (look-around, back references) is matched under a small
/// time limit instead.
/// </remarks>
public sealed class PathPattern : IEquatable<PathPattern>
{
    /// <summary>How long a pattern that needs backtracking may take for one path.</summary>
    public static readonly TimeSpan BacktrackingLimit = TimeSpan.FromMilliseconds(50);

    private const int MaxLength = 1000;

    private readonly Regex _regex;

    private PathPattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether it needs backtracking, and so a time limit.</summary>
    public bool NeedsBacktracking => !_regex.Options.HasFlag(RegexOptions.NonBacktracking);

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern, at most 1,000 characters.</param>
    /// <param name="pattern">The pattern; null when the text is none.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence; empty when nothing is.</param>
    /// <returns>Whether it is a pattern.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, out PathPattern? pattern, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = null;
        problem = text.Length == 0 ? "it is empty" : text.Length > MaxLength ? $"it has more than {MaxLength} characters" : "";
        if (problem.Length > 0)
        {
            return false;
        }

        try
        {
            pattern = new(text, Compile(text));
            return true;
        }
        catch (RegexParseException exception)
        {
            problem = $"it is not a regular expression: {exception.Error} at position {exception.Offset}";
            return false;
        }
    }

    /// <inheritdoc />
    public bool Equals(PathPattern? other) => other is not null && Text == other.Text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PathPattern);

    /// <inheritdoc />
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;

    /// <summary>Compares the path of a request.</summary>
    /// <param name="pattern">The pattern; null fits every path, and captures nothing.</param>
    /// <param name="captures">What was captured.</param>
    /// <param name="outcome">What becomes of a request that does not fit: it goes on, or is answered with 503 when comparing takes too long.</param>
    /// <returns>Whether the path fits.</returns>
    internal static bool Fits(PathPattern? pattern, IPolicyRequest request, out Match? captures, out PolicyOutcome outcome)
    {
        captures = null;
        var fits = pattern is null ? true : pattern.Fits(request.Path.ToString(), out captures);
        outcome = fits is null ? PolicyOutcome.Answer(503) : PolicyOutcome.Continue;
        return fits == true;
    }

    /// <summary>Compares a path.</summary>
    /// <param name="path">A canonical path.</param>
    /// <param name="captures">What was captured.</param>
    /// <returns>Whether it fits; null when the pattern needs backtracking, and took longer than it may.</returns>
    internal bool? Fits(string path, out Match? captures)
    {
        captures = null;
        try
        {
            captures = _regex.Match(path);
            return captures.Success;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Whether there is a group of this name or number.</summary>
    /// <param name="name">The name, or the number in digits.</param>
    public bool HasGroup(string name) => _regex.GroupNumberFromName(name) >= 0;

    private const string Anchor = @"\A(?:";

    private static Regex Compile(string text)
    {
        // Alone first: 'a)|(?:b' would be an expression only inside the group, and its second half would have no anchor.
        _ = new Regex(text, RegexOptions.CultureInvariant);
        var anchored = $"{Anchor}{text})";
        try
        {
            return new Regex(anchored, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(anchored, RegexOptions.CultureInvariant, BacktrackingLimit);
        }
    }
}
