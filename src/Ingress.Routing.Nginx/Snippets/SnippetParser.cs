using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ingress.Routing.Nginx.Snippets;

/// <summary>Reads the syntax of nginx: words, quotes, escapes, comments, blocks. Used once.</summary>
/// <remarks>It follows <c>ngx_conf_read_token</c>. Nothing is included, and no variable is looked up.</remarks>
internal sealed class SnippetParser
{
    private const int MaxDepth = 8;

    private readonly string _text;
    private int _at;
    private int _line = 1;
    private string? _problem;

    private SnippetParser(string text) => _text = text;

    /// <summary>Reads a snippet.</summary>
    /// <param name="problem">What is wrong, and in which line; null when nothing is.</param>
    public static bool TryParse(string text, out IReadOnlyList<SnippetDirective> directives, [NotNullWhen(false)] out string? problem)
    {
        var parser = new SnippetParser(text);
        directives = parser.ReadBlock(0);
        problem = parser._problem;
        return problem is null;
    }

    private List<SnippetDirective> ReadBlock(int depth)
    {
        var directives = new List<SnippetDirective>();
        while (_problem is null)
        {
            SkipBlanks();
            if (_at == _text.Length)
            {
                return depth == 0 ? directives : Fail(directives, "a '}' is missing");
            }

            if (_text[_at] == '}')
            {
                _at++;
                return depth > 0 ? directives : Fail(directives, "there is a '}' too many");
            }

            if (ReadDirective(depth) is { } directive)
            {
                directives.Add(directive);
            }
        }

        return directives;
    }

    private SnippetDirective? ReadDirective(int depth)
    {
        var line = _line;
        var words = new List<string>();
        while (_problem is null)
        {
            SkipBlanks();
            if (_at == _text.Length)
            {
                Fail(words.Count > 0 ? $"'{words[0]}' does not end with ';'" : "a directive is missing");
                return null;
            }

            switch (_text[_at])
            {
                case ';':
                    _at++;
                    return words.Count > 0 ? new(words[0], [.. words[1..]], null, line) : Fail<SnippetDirective?>(null, "there is a ';' without a directive");

                case '{':
                    _at++;
                    if (words.Count == 0 || depth == MaxDepth)
                    {
                        return Fail<SnippetDirective?>(null, words.Count == 0 ? "there is a '{' without a directive" : "blocks are too deep");
                    }

                    // Code of another language: its words are not ours.
                    var block = words[0].EndsWith("_by_lua_block", StringComparison.Ordinal) ? SkipCode() : ReadBlock(depth + 1);
                    return new(words[0], [.. words[1..]], block, line);

                case '}':
                    return Fail<SnippetDirective?>(null, words.Count > 0 ? $"'{words[0]}' does not end with ';'" : "there is a '}' too many");

                default:
                    words.Add(ReadWord());
                    break;
            }
        }

        return null;
    }

    private string ReadWord() => _text[_at] is '"' or '\'' ? ReadQuoted(_text[_at]) : ReadPlain();

    private string ReadQuoted(char quote)
    {
        var word = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == quote)
            {
                _at++;
                if (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (';' or '{' or ')'))
                {
                    Fail($"'{_text[_at]}' follows a quote");
                }

                return word.ToString();
            }

            Append(word, c);
        }

        return Fail("", "a quote is not closed");
    }

    private string ReadPlain()
    {
        var word = new StringBuilder();
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (char.IsWhiteSpace(c) || c == ';')
            {
                break;
            }

            if (c == '{' && !(word.Length > 0 && _text[_at - 1] == '$'))
            {
                break;
            }

            Append(word, c);
        }

        return word.ToString();
    }

    // Before a quote, a backslash or one of the letters t, r and n a backslash is an escape; elsewhere it stays.
    private void Append(StringBuilder word, char c)
    {
        if (c == '\n')
        {
            _line++;
        }

        if (c != '\\' || _at + 1 == _text.Length)
        {
            word.Append(c);
            return;
        }

        _at++;
        var escaped = _text[_at];
        _ = escaped switch
        {
            '"' or '\'' or '\\' => word.Append(escaped),
            't' => word.Append('\t'),
            'r' => word.Append('\r'),
            'n' => word.Append('\n'),
            _ => word.Append('\\').Append(escaped),
        };
    }

    private void SkipBlanks()
    {
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '#')
            {
                while (_at + 1 < _text.Length && _text[_at + 1] != '\n')
                {
                    _at++;
                }
            }
            else if (_text[_at] == '\n')
            {
                _line++;
            }
            else if (!char.IsWhiteSpace(_text[_at]))
            {
                return;
            }
        }
    }

    private List<SnippetDirective> SkipCode()
    {
        for (var depth = 1; _at < _text.Length; _at++)
        {
            _line += _text[_at] == '\n' ? 1 : 0;
            depth += _text[_at] == '{' ? 1 : _text[_at] == '}' ? -1 : 0;
            if (depth == 0)
            {
                _at++;
                return [];
            }
        }

        return Fail<List<SnippetDirective>>([], "a '}' is missing");
    }

    private void Fail(string problem) => _problem ??= $"in line {_line} {problem}";

    private T Fail<T>(T value, string problem)
    {
        Fail(problem);
        return value;
    }
}
