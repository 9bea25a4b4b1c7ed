using System.Text.RegularExpressions;

namespace Ingress.Routing.Policies;

/// <summary>A regular expression that is looked for anywhere in a text, such as a header. Immutable; compared by its text.</summary>
/// <remarks>
/// Looking is linear in the length of the text. A pattern that needs backtracking (look-around, back references) looks under a small time limit
/// instead.
/// </remarks>
public sealed class TextPattern : IEquatable<TextPattern>
{
    private const int MaxLength = 1000;

    private readonly Regex _regex;

    private TextPattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether it needs backtracking, and so a time limit.</summary>
    public bool NeedsBacktracking => !_regex.Options.HasFlag(RegexOptions.NonBacktracking);

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern, from one to 1,000 characters.</param>
    /// <param name="pattern">The pattern; null when the text is none.</param>
    /// <returns>Whether it is a pattern.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, out TextPattern? pattern)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = null;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        try
        {
            pattern = new(text, Compile(text));
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Looks for the pattern. Does not allocate.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is in there; null when the pattern needs backtracking, and took longer than it may.</returns>
    public bool? IsIn(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public bool Equals(TextPattern? other) => other is not null && Text == other.Text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as TextPattern);

    /// <inheritdoc />
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;

    private static Regex Compile(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(text, RegexOptions.CultureInvariant, PathPattern.BacktrackingLimit);
        }
    }
}
