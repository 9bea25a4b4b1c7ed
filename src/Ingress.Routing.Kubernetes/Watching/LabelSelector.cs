using System.Diagnostics.CodeAnalysis;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>A selector of labels as kubectl writes it: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k</c>. Immutable.</summary>
internal sealed class LabelSelector
{
    private readonly List<Term> _terms;

    private LabelSelector(List<Term> terms) => _terms = terms;

    public static bool TryParse(string text, [NotNullWhen(true)] out LabelSelector? selector)
    {
        selector = null;
        var terms = new List<Term>();
        foreach (var part in Split(text))
        {
            if (ParseTerm(part.Trim()) is not { } term)
            {
                return false;
            }

            terms.Add(term);
        }

        selector = new(terms);
        return terms.Count > 0;
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _terms.TrueForAll(term => term.Matches(labels));

    /// <summary>Whether a text is a label of DNS, as the names of namespaces are.</summary>
    public static bool IsDnsLabel(string text)
        => text.Length is > 0 and <= 63 && text[0] != '-' && text[^1] != '-' && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Whether a text is a name of DNS: labels with dots between them.</summary>
    public static bool IsDnsName(string text) => text.Length <= 253 && text.Split('.').All(IsDnsLabel);

    // Commas between parentheses separate values.
    private static IEnumerable<string> Split(string text)
    {
        var start = 0;
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static Term? ParseTerm(string text)
    {
        if (text.EndsWith(')') && text.IndexOf('(', StringComparison.Ordinal) is > 0 and var open)
        {
            var values = text[(open + 1)..^1].Split(',').Select(static value => value.Trim()).ToArray();
            return text[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
            {
                [var key, "in"] when IsKey(key) && values.All(IsValue) => new(key, values, Negated: false),
                [var key, "notin"] when IsKey(key) && values.All(IsValue) => new(key, values, Negated: true),
                _ => null,
            };
        }

        foreach (var (sign, negated) in (ReadOnlySpan<(string, bool)>)[("!=", true), ("==", false), ("=", false)])
        {
            if (text.IndexOf(sign, StringComparison.Ordinal) is > 0 and var at)
            {
                var (key, value) = (text[..at].Trim(), text[(at + sign.Length)..].Trim());
                return IsKey(key) && IsValue(value) ? new(key, [value], negated) : null;
            }
        }

        var absent = text.StartsWith('!');
        var name = absent ? text[1..].Trim() : text;
        return IsKey(name) ? new(name, null, absent) : null;
    }

    private static bool IsKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var name = key[(slash + 1)..];
        return name.Length is > 0 and <= 63 && IsValue(name) && (slash < 0 || IsDnsName(key[..slash]));
    }

    private static bool IsValue(string value)
        => value.Length == 0
            || (value.Length <= 63
                && char.IsAsciiLetterOrDigit(value[0])
                && char.IsAsciiLetterOrDigit(value[^1])
                && value.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));

    /// <param name="Key">The label.</param>
    /// <param name="Values">One of these, or any when null.</param>
    /// <param name="Negated">Whether it must not be so; a label that is not there is none of the values.</param>
    private sealed record Term(string Key, string[]? Values, bool Negated)
    {
        public bool Matches(IReadOnlyDictionary<string, string> labels)
            => (labels.TryGetValue(Key, out var value) && (Values is null || Values.Contains(value))) != Negated;
    }
}
