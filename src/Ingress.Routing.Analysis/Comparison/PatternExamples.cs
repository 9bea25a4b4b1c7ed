using System.Text;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Comparison;

/// <summary>Paths that a regular expression fits, made by walking through its text.</summary>
/// <remarks>Each is checked against the expression itself, so a text that is not understood only gives fewer of them.</remarks>
internal sealed class PatternExamples
{
    private const int Walks = 16;

    private readonly string _text;
    private readonly int _choice;
    private int _at;
    private int _choices;

    private PatternExamples(string text, int choice)
    {
        _text = text;
        _choice = choice;
    }

    /// <summary>Some canonical paths that an expression fits, the shortest first; none when none is found.</summary>
    public static IReadOnlyList<string> Of(PathPattern pattern)
        => [.. Enumerable.Range(0, Walks)
            .Select(choice => new PatternExamples(pattern.Text, choice).Alternatives())
            .Where(path => path.StartsWith('/') && IsCanonical(path) && pattern.IsMatch(path) == true)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(static path => path.Length)
            .ThenBy(static path => path, StringComparer.Ordinal)];

    private static bool IsCanonical(string path)
        => RequestPath.TryCanonicalize(path.AsMemory(), RouteTableOptions.Default, out var canonical) && canonical.Span.SequenceEqual(path);

    private bool IsAtEnd => _at >= _text.Length;

    // One bit of the number of the walk for each place where there is a choice.
    private int Choose(int count) => (_choice >> (_choices++ % 4)) % count;

    private string Alternatives()
    {
        var alternatives = new List<string> { Sequence() };
        while (!IsAtEnd && _text[_at] == '|')
        {
            _at++;
            alternatives.Add(Sequence());
        }

        return alternatives[Choose(alternatives.Count)];
    }

    private string Sequence()
    {
        var sequence = new StringBuilder();
        while (!IsAtEnd && _text[_at] is not ('|' or ')'))
        {
            var item = Item();
            sequence.Insert(sequence.Length, item, Repetitions());
        }

        return sequence.ToString();
    }

    private int Repetitions()
    {
        var count = 1;
        while (!IsAtEnd && _text[_at] is '*' or '+' or '?' or '{')
        {
            switch (_text[_at])
            {
                case '+':
                    count = 1;
                    break;

                case '{':
                    var end = _text.IndexOf('}', _at);
                    if (end < 0 || !int.TryParse(_text.AsSpan(_at + 1, end - _at - 1).ToString().Split(',')[0], out count))
                    {
                        return 1;
                    }

                    _at = end;
                    break;

                default:
                    count = Choose(2);
                    break;
            }

            _at++;
        }

        return Math.Min(count, 20);
    }

    private string Item()
    {
        var c = _text[_at++];
        switch (c)
        {
            case '(':
                if (!IsAtEnd && _text[_at] == '?')
                {
                    SkipOptions();
                }

                var group = Alternatives();
                _at++;
                return group;

            case '[':
                return Member();

            case '\\':
                return IsAtEnd ? "" : Escaped(_text[_at++]);

            case '.':
                return "a";

            case '^' or '$':
                return "";

            default:
                return c.ToString();
        }
    }

    // '?:', '?<name>', '?i' and the like; what look-around asks for is left out with them.
    private void SkipOptions()
    {
        while (!IsAtEnd && _text[_at] is not (':' or '>' or ')' or '!' or '='))
        {
            _at++;
        }

        var isLookAround = !IsAtEnd && _text[_at] is '!' or '=';
        _at += IsAtEnd || _text[_at] == ')' ? 0 : 1;
        if (isLookAround)
        {
            Alternatives();
        }
    }

    private string Member()
    {
        var isNegated = !IsAtEnd && _text[_at] == '^';
        var start = _at += isNegated ? 1 : 0;
        _at = Math.Min(start + 1, _text.Length);
        while (!IsAtEnd && _text[_at] != ']')
        {
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        var members = _text[start..Math.Min(_at, _text.Length)];
        _at++;
        return isNegated ? "b0-x".First(c => !members.Contains(c, StringComparison.Ordinal) || c == 'x').ToString()
            : members is ['\\', var escaped, ..] ? Escaped(escaped)
            : members[..1];
    }

    private static string Escaped(char c) => c switch
    {
        'd' => "0",
        'w' => "a",
        'D' or 'S' or 'W' => "-",
        's' or 'b' or 'B' or 'A' or 'z' or 'Z' => "",
        _ => c.ToString(),
    };
}
