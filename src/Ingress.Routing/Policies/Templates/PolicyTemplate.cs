using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Policies;

/// <summary>Text with captures of a pattern (<c>$1</c>, <c>${name}</c>) and variables of the request (<c>${host}</c>). Immutable; compared by its text.</summary>
/// <remarks>
/// <c>$$</c> stands for one dollar sign. The variables are <c>args</c>, <c>client_address</c>, <c>host</c>, <c>is_args</c>, <c>method</c>,
/// <c>path</c>, <c>port</c>, <c>query</c>, <c>request_id</c> and <c>scheme</c>; <c>header:NAME</c>, <c>cookie:NAME</c> and <c>query:NAME</c> stand for
/// one header, cookie or parameter, and are empty when the request has none. A capture goes before a variable of the same name.
/// </remarks>
public sealed class PolicyTemplate : IEquatable<PolicyTemplate>
{
    private readonly ImmutableArray<Piece> _pieces;

    private PolicyTemplate(string text, ImmutableArray<Piece> pieces)
    {
        Text = text;
        _pieces = pieces;
    }

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Whether it is the same text for every request.</summary>
    public bool IsConstant => _pieces.All(static piece => piece.IsLiteral);

    /// <summary>The text before the first capture or variable.</summary>
    internal string LeadingLiteral => _pieces is [{ IsLiteral: true } first, ..] ? first.Text : "";

    /// <summary>Whether it holds a capture.</summary>
    internal bool HasCaptures => _pieces.Any(static piece => piece.IsCapture);

    /// <summary>Whether a query begins in the text itself, or the query of the request is a part of it.</summary>
    internal bool HasQuery => _pieces.Any(static piece => piece.IsQuery || (piece.IsLiteral && piece.Text.Contains('?', StringComparison.Ordinal)));

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="pattern">The pattern whose captures it may name; null when there is none.</param>
    /// <param name="template">The template; null when the text is none.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence; empty when nothing is.</param>
    /// <returns>Whether it is a template.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, PathPattern? pattern, out PolicyTemplate? template, out string problem)
        => TryParse(text, pattern, takesRouteCaptures: false, out template, out problem);

    /// <summary>Reads a template that may name captures of whatever regular expression the path of a route is.</summary>
    /// <param name="text">The template. <c>$1</c> to <c>$9</c> are empty for a path without such a group.</param>
    /// <param name="template">The template; null when the text is none.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence; empty when nothing is.</param>
    /// <returns>Whether it is a template.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParseForRoute(string text, out PolicyTemplate? template, out string problem)
        => TryParse(text, null, takesRouteCaptures: true, out template, out problem);

    /// <inheritdoc />
    public bool Equals(PolicyTemplate? other) => other is not null && Text == other.Text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PolicyTemplate);

    /// <inheritdoc />
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;

    /// <summary>The text for one request.</summary>
    /// <param name="captures">What the pattern captured; null when there is no pattern. A group that took no part is empty.</param>
    internal string Expand(IPolicyRequest request, Match? captures)
        => _pieces is [{ IsLiteral: true } only] ? only.Text : string.Concat(_pieces.Select(piece => piece.Expand(request, captures)));

    /// <summary>The target (path, query and fragment) for one request.</summary>
    /// <remarks>
    /// What the request brings along stays in the part of the target that it was put in: it begins no query and no fragment, and inside a query
    /// no further parameter. Behind a <c>?</c> of the text, <c>${query}</c> comes without its own.
    /// </remarks>
    internal string ExpandTarget(IPolicyRequest request, Match? captures)
    {
        if (_pieces is [{ IsLiteral: true } only])
        {
            return only.Text;
        }

        var target = new StringBuilder();
        var isInQuery = false;
        foreach (var piece in _pieces)
        {
            var text = piece.Expand(request, captures);
            target.Append(piece.IsLiteral ? text : piece.IsQuery ? WithoutMark(text, isInQuery) : Contained(text, isInQuery, piece.IsCapture));
            isInQuery |= piece.IsQuery ? text is ['?', ..] : piece.IsLiteral && text.Contains('?', StringComparison.Ordinal);
        }

        return target.ToString();
    }

    private static bool TryParse(string text, PathPattern? pattern, bool takesRouteCaptures, out PolicyTemplate? template, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        template = null;
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$')
            {
                literal.Append(text[i]);
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == '$')
            {
                literal.Append('$');
                i++;
                continue;
            }

            if (!TryReadName(text, i + 1, out var name, out var end))
            {
                problem = "a '$' must be followed by a number, by a name in braces, or by another '$'";
                return false;
            }

            if (!TryResolve(name, pattern, takesRouteCaptures, out var piece, out problem))
            {
                return false;
            }

            Flush();
            pieces.Add(piece);
            i = end - 1;
        }

        Flush();
        problem = "";
        template = new(text, pieces.ToImmutable());
        return true;

        void Flush()
        {
            if (literal.Length > 0)
            {
                pieces.Add(new(literal.ToString(), null, false));
                literal.Clear();
            }
        }
    }

    private static string WithoutMark(string query, bool isInQuery) => isInQuery && query is ['?', ..] ? query[1..] : query;

    // A header or a cookie can hold what no target can, a blank for one, which would end it.
    // A capture may begin or end within an escape, and what that makes of the whole target is looked at there.
    private static string Contained(string text, bool isInQuery, bool isCapture)
    {
        var delimiters = isInQuery ? "#&+;" : "#?";
        if (!text.AsSpan().ContainsAny(delimiters) && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && !text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var contained = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isKept = c == '%' ? isCapture || CanonicalPath.IsEscape(text.AsSpan(i)) : c is >= '!' and <= '~' && !delimiters.Contains(c, StringComparison.Ordinal);
            contained.Append(isKept ? c.ToString() : Escaped(c));
        }

        return contained.ToString();
    }

    // Headers are bytes, one character each.
    private static string Escaped(char c) => c <= '\xFF' ? $"%{(int)c:X2}" : Uri.EscapeDataString(c.ToString());

    private static bool TryReadName(string text, int start, out string name, out int end)
    {
        end = start;
        if (start < text.Length && text[start] == '{')
        {
            var close = text.IndexOf('}', start);
            name = close > start + 1 ? text[(start + 1)..close] : "";
            end = close + 1;
            return name.Length > 0;
        }

        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        name = text[start..end];
        return name.Length > 0;
    }

    private static bool TryResolve(string name, PathPattern? pattern, bool takesRouteCaptures, out Piece piece, out string problem)
    {
        problem = "";
        if (pattern?.HasGroup(name) == true || (takesRouteCaptures && name is [>= '0' and <= '9']))
        {
            piece = new(name, null, true);
            return true;
        }

        piece = new(name, PolicyVariables.Find(name), false);
        if (piece.Variable is not null)
        {
            return true;
        }

        problem = name.All(char.IsAsciiDigit)
            ? pattern is null ? $"there is no pattern, so '${name}' captures nothing" : $"the pattern has no group {name}"
            : $"there is no '${{{name}}}', only {string.Join(", ", PolicyVariables.Names)} and the groups of the pattern";
        return false;
    }

    private readonly record struct Piece(string Text, Func<IPolicyRequest, string>? Variable, bool IsCapture)
    {
        public bool IsLiteral => Variable is null && !IsCapture;

        public bool IsQuery => Variable is not null && Text is PolicyVariables.Query or PolicyVariables.Arguments;

        public string Expand(IPolicyRequest request, Match? captures)
            => Variable is not null ? Variable(request) : IsCapture ? captures?.Groups[Text].Value ?? "" : Text;
    }
}
