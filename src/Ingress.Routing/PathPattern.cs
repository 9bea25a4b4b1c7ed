using System.Buffers;
using System.Text.RegularExpressions;
using Ingress.Routing.Policies;

namespace Ingress.Routing;

/// <summary>A regular expression for canonical paths. Immutable; compared by its text.</summary>
/// <remarks>
/// Matching is linear in the length of the path. A pattern that needs backtracking (look-around, back references) is matched under a small
/// time limit instead. It is compiled when the first path is compared.
/// </remarks>
public sealed class PathPattern : IEquatable<PathPattern>
{
    /// <summary>How long a pattern that needs backtracking may take for one path.</summary>
    public static readonly TimeSpan BacktrackingLimit = TimeSpan.FromMilliseconds(50);

    private const int MaxLength = 1000;
    private const int CertainlySmall = 200;
    private const string Anchor = @"\A(?:";

    private static readonly SearchValues<char> s_plainEscapes = SearchValues.Create(@"dDwWsSbBAzZ.-/\|()[]{}*+?^$");

    private readonly string _expression;
    private readonly string? _captures;
    private readonly string[] _groups;
    private Regex? _matching;
    private Regex? _capturing;

    private PathPattern(string text, string expression, string? captures, string[] groups)
    {
        Text = text;
        _expression = expression;
        _captures = captures;
        _groups = groups;
        NeedsBacktracking = !IsCertainlyLinear(expression) && !Matching.Options.HasFlag(RegexOptions.NonBacktracking);
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether it needs backtracking, and so a time limit.</summary>
    public bool NeedsBacktracking { get; }

    private Regex Matching => _matching ??= Compile(_expression);

    /// <summary>Reads a pattern that is anchored at the start of the path.</summary>
    /// <param name="text">The pattern, at most 1,000 characters.</param>
    /// <param name="pattern">The pattern; null when the text is none.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence; empty when nothing is.</param>
    /// <returns>Whether it is a pattern.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, out PathPattern? pattern, out string problem)
    {
        // Alone first: 'a)|(?:b' would be an expression only inside the group, and its second half would have no anchor.
        pattern = null;
        var anchored = $"{Anchor}{text})";
        return TryFindGroups(text, text, out _, out problem) && TryCreate(text, anchored, anchored, out pattern, out problem);
    }

    /// <summary>Makes a pattern of a text in another syntax.</summary>
    /// <param name="text">The pattern as written, at most 1,000 characters.</param>
    /// <param name="expression">What is searched for in a path, as a .NET regular expression; its anchors are its own.</param>
    /// <param name="captures">What policies take captures from, likewise; null when they leave paths of this pattern alone.</param>
    /// <param name="pattern">The pattern; null when it is none.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence; empty when nothing is.</param>
    /// <returns>Whether it is a pattern.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="expression"/> is null.</exception>
    public static bool TryCreate(string text, string expression, string? captures, out PathPattern? pattern, out string problem)
    {
        ArgumentNullException.ThrowIfNull(expression);
        pattern = null;
        if (!TryFindGroups(text, expression, out var groups, out problem)
            || (captures is not null && captures != expression && !TryFindGroups(text, captures, out groups, out problem)))
        {
            return false;
        }

        pattern = new(text, expression, captures, groups);
        return true;
    }

    /// <inheritdoc />
    public bool Equals(PathPattern? other)
        => other is not null && Text == other.Text && _expression == other._expression && _captures == other._captures;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PathPattern);

    /// <inheritdoc />
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;

    /// <summary>Compares the path of a request.</summary>
    /// <param name="pattern">The pattern; null takes the captures of the pattern of the route, and fits every path where there is none.</param>
    /// <param name="captures">What was captured.</param>
    /// <param name="outcome">What becomes of a request that does not fit: it goes on, or is answered with 503 when comparing takes too long.</param>
    /// <returns>Whether the path fits.</returns>
    internal static bool Fits(PathPattern? pattern, IPolicyRequest request, out Match? captures, out PolicyOutcome outcome)
    {
        captures = null;
        var fits = (pattern ?? request.RoutePattern) is { } used ? used.Fits(request.Path.ToString(), out captures) : true;
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
        if (_captures is null)
        {
            return false;
        }

        var regex = _captures == _expression ? Matching : _capturing ??= Compile(_captures);
        try
        {
            captures = regex.Match(path);
            return captures.Success;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Compares a path, and captures nothing.</summary>
    /// <param name="path">A canonical path.</param>
    /// <returns>Whether it fits; null when the pattern needs backtracking, and took longer than it may.</returns>
    internal bool? IsMatch(ReadOnlySpan<char> path)
    {
        try
        {
            return Matching.IsMatch(path);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Whether there is a group of this name or number.</summary>
    internal bool HasGroup(string name) => _groups.Contains(name);

    private static bool TryFindGroups(string text, string expression, out string[] groups, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        groups = [];
        problem = text.Length == 0 ? "it is empty" : text.Length > MaxLength ? $"it has more than {MaxLength} characters" : "";
        if (problem.Length > 0)
        {
            return false;
        }

        try
        {
            groups = new Regex(expression, RegexOptions.CultureInvariant).GetGroupNames();
            return true;
        }
        catch (RegexParseException exception)
        {
            var place = text == expression ? $" at position {exception.Offset}" : "";
            problem = $"it is not a regular expression: {exception.Error}{place}";
            return false;
        }
    }

    // What may have look-around, back references or large repetitions is compiled at once, which tells.
    private static bool IsCertainlyLinear(string expression)
    {
        if (expression.Length > CertainlySmall || expression.Contains('{', StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 0; i < expression.Length - 1; i++)
        {
            if (expression[i] == '(' && expression[i + 1] == '?' && expression.AsSpan(i + 2) is not ([':', ..] or ['i', ')', ..]))
            {
                return false;
            }

            if (expression[i] == '\\' && !s_plainEscapes.Contains(expression[++i]))
            {
                return false;
            }
        }

        return true;
    }

    private static Regex Compile(string expression)
    {
        try
        {
            return new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(expression, RegexOptions.CultureInvariant, BacktrackingLimit);
        }
    }
}
