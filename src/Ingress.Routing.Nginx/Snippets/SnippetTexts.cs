using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx.Snippets;

/// <summary>The texts of rules, with their variables.</summary>
/// <param name="ingress">The Ingress of the snippet.</param>
internal sealed class SnippetTexts(NamespacedName ingress)
{
    private static readonly Dictionary<string, Func<RuleState, string>> s_current = new(StringComparer.Ordinal)
    {
        ["uri"] = static state => state.Path,
        ["document_uri"] = static state => state.Path,
        ["args"] = static state => state.Query.TrimStart('?'),
        ["query_string"] = static state => state.Query.TrimStart('?'),
        ["is_args"] = static state => state.Query.Length > 1 ? "?" : "",
    };

    private readonly Dictionary<string, int> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    /// <summary>How many variables are set.</summary>
    public int Variables => _variables.Count;

    /// <summary>The number of a variable that a rule sets.</summary>
    /// <param name="constant">Its text, if it is the same for every request; else null.</param>
    public int NumberOf(string name, string? constant)
    {
        if (_variables.TryGetValue(name, out var number))
        {
            _constants.Remove(name); // it is set twice, and may be either
            return number;
        }

        _variables.Add(name, number = _variables.Count);
        if (constant is not null)
        {
            _constants.Add(name, constant);
        }

        return number;
    }

    /// <summary>Whether a text names a variable that a rule sets to something that depends on the request.</summary>
    public bool UsesVariable(string text) => _variables.Keys.Except(_constants.Keys).Any(name => Names(text).Contains(name));

    /// <summary>Puts in the variables that are the same for every request.</summary>
    public string WithConstants(string text)
    {
        foreach (var (name, value) in _constants)
        {
            text = text.Replace($"${{{name}}}", value, StringComparison.Ordinal);
            text = Names(text).Contains(name) ? text.Replace($"${name}", value, StringComparison.Ordinal) : text;
        }

        return text;
    }

    /// <summary>Reads a text of a rule.</summary>
    /// <param name="problem">What is wrong, as a sentence without its full stop; empty when nothing is.</param>
    public bool TryRead(string text, [NotNullWhen(true)] out RuleText? read, out string problem)
    {
        var parts = ImmutableArray.CreateBuilder<RuleText.Part>();
        var literal = new StringBuilder();
        read = null;
        problem = "";
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '$' || !TryReadName(text, ref i, out var name))
            {
                literal.Append(text[i++]); // a '$' at the end is one
                continue;
            }

            Flush();
            if (char.IsAsciiDigit(name[0]))
            {
                parts.Add(new() { Group = name });
            }
            else if (_variables.TryGetValue(name, out var number))
            {
                parts.Add(new() { Variable = number });
            }
            else if (s_current.TryGetValue(name, out var current))
            {
                parts.Add(new() { Current = current });
            }
            else if (NginxTemplate.TryRead($"${{{name}}}", ingress, null, out var template, out _))
            {
                parts.Add(new() { Template = template });
            }
            else
            {
                problem = $"There is no variable '${name}' here";
                return false;
            }
        }

        Flush();
        read = new(parts.ToImmutable());
        return true;

        void Flush()
        {
            if (literal.Length > 0)
            {
                parts.Add(new() { Literal = literal.ToString() });
                literal.Clear();
            }
        }
    }

    private static HashSet<string> Names(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '$' && TryReadName(text, ref i, out var name))
            {
                names.Add(name);
            }
            else
            {
                i++;
            }
        }

        return names;
    }

    // '$name', '${name}' or one digit.
    private static bool TryReadName(string text, ref int i, out string name)
    {
        var isBraced = i + 1 < text.Length && text[i + 1] == '{';
        var start = i + (isBraced ? 2 : 1);
        var end = start;
        if (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        else
        {
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }
        }

        name = text[start..end];
        if (name.Length == 0 || (isBraced && (end == text.Length || text[end] != '}')))
        {
            return false;
        }

        i = isBraced ? end + 1 : end;
        return true;
    }
}
