using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ingress.Routing.Nginx;

/// <summary>Turns a regular expression of PCRE, which nginx uses, into one of .NET for canonical paths.</summary>
/// <remarks>
/// Canonical paths are ASCII, and what is no path character is percent-encoded in them (D8). So a blank or an <c>é</c> of the expression becomes
/// its escape. Groups lose their names, because .NET would number them behind the others.
/// </remarks>
internal static class PcreSyntax
{
    private const string PathCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%[]{}|\\^?#";
    private const string Never = @"[^\s\S]";
    private const string SameEscapes = "dDwWsSbBAzZ";
    private const string Special = @"\.[](){}*+?|^$#";

    private static readonly SearchValues<char> s_pathCharacters = SearchValues.Create(PathCharacters);

    private static readonly Dictionary<string, string> s_classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "a-zA-Z0-9",
        ["alpha"] = "a-zA-Z",
        ["digit"] = "0-9",
        ["lower"] = "a-z",
        ["punct"] = @"!-/:-@\[-`{-~",
        ["space"] = @"\s",
        ["upper"] = "A-Z",
        ["word"] = @"\w",
        ["xdigit"] = "0-9a-fA-F",
    };

    /// <summary>Translates an expression.</summary>
    /// <param name="problem">What is not understood, as the end of a sentence; empty when everything is.</param>
    public static bool TryTranslate(string text, out string expression, out string problem)
    {
        var result = new StringBuilder(text.Length + 8);
        problem = "";
        for (var i = 0; i < text.Length && problem.Length == 0;)
        {
            i = text[i] switch
            {
                '\\' => Escape(text, i, result, ref problem),
                '[' => Class(text, i, result, ref problem),
                '(' => Group(text, i, result, ref problem),
                _ => Literal(text, i, result),
            };
        }

        expression = result.ToString();
        return problem.Length == 0;
    }

    private static int Literal(string text, int at, StringBuilder result)
    {
        if (text[at] == '%' && !(at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2])))
        {
            result.Append("%25");
            return at + 1;
        }

        if (s_pathCharacters.Contains(text[at]))
        {
            result.Append(text[at]);
            return at + 1;
        }

        var length = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        AppendEncoded(text.Substring(at, length), result);
        return at + length;
    }

    private static int Escape(string text, int at, StringBuilder result, ref string problem)
    {
        if (at + 1 == text.Length)
        {
            problem = "it ends with a backslash";
            return at + 1;
        }

        var next = text[at + 1];
        switch (next)
        {
            case 'Q':
                var end = text.IndexOf("\\E", at, StringComparison.Ordinal);
                foreach (var literal in text[(at + 2)..(end < 0 ? text.Length : end)])
                {
                    AppendCharacter(literal, result);
                }

                return end < 0 ? text.Length : end + 2;

            case 'E':
                return at + 2;

            case 'n' or 'r' or 't' or 'f' or 'e' or 'a' or 'h' or 'v':
                result.Append(Never); // no canonical path has one
                return at + 2;

            case 'x' when at + 3 < text.Length && byte.TryParse(text.AsSpan(at + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code):
                AppendCharacter((char)code, result);
                return at + 4;

            default:
                if (SameEscapes.Contains(next, StringComparison.Ordinal) || next is >= '1' and <= '9')
                {
                    result.Append('\\').Append(next);
                }
                else if (char.IsAsciiLetterOrDigit(next))
                {
                    problem = $"'\\{next}' is not understood";
                }
                else
                {
                    AppendCharacter(next, result);
                }

                return at + 2;
        }
    }

    private static int Class(string text, int at, StringBuilder result, ref string problem)
    {
        var i = at + 1;
        result.Append('[');
        if (i < text.Length && text[i] == '^')
        {
            result.Append('^');
            i++;
        }

        for (var first = true; i < text.Length && (text[i] != ']' || first); first = false)
        {
            if (text[i] == '[' && i + 1 < text.Length && text[i + 1] == ':' && text.IndexOf(":]", i + 2, StringComparison.Ordinal) is > 0 and var end)
            {
                if (!s_classes.TryGetValue(text[(i + 2)..end], out var members))
                {
                    problem = $"'{text[i..(end + 2)]}' is not understood";
                    return text.Length;
                }

                result.Append(members);
                i = end + 2;
            }
            else if (text[i] == '\\' && i + 1 < text.Length)
            {
                var next = text[i + 1];
                if (char.IsAsciiLetterOrDigit(next) && !"dDwWsS".Contains(next, StringComparison.Ordinal))
                {
                    problem = $"'\\{next}' is not understood between brackets";
                    return text.Length;
                }

                result.Append(next is '_' or ' ' ? "" : "\\").Append(next);
                i += 2;
            }
            else
            {
                // A bracket between brackets is literal there, and the beginning of a subtraction here.
                result.Append(text[i] is '[' or ']' ? "\\" : "").Append(text[i]);
                i++;
            }
        }

        problem = i < text.Length ? problem : "a '[' is not closed";
        result.Append(']');
        return i + 1;
    }

    private static int Group(string text, int at, StringBuilder result, ref string problem)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("(*"))
        {
            problem = "'(*' is not understood";
        }
        else if (rest.StartsWith("(?P<") || (rest.StartsWith("(?<") && rest.Length > 3 && rest[3] is not ('=' or '!')))
        {
            var end = rest.IndexOf('>');
            problem = end < 0 ? "the name of a group does not end" : "";
            result.Append('(');
            return at + end + 1;
        }
        else if (rest.Length > 2 && rest[1] == '?' && rest[2] is 'P' or 'R' or '|' or '&' or 'C' or '+' or '\'' or (>= '0' and <= '9'))
        {
            problem = $"'{rest[..3]}' is not understood";
        }

        result.Append('(');
        return at + 1;
    }

    private static void AppendCharacter(char character, StringBuilder result)
    {
        if (!s_pathCharacters.Contains(character) || character is '[' or ']' or '{' or '}' or '|' or '\\' or '^' or '?' or '#' or '%')
        {
            AppendEncoded(character.ToString(), result);
        }
        else
        {
            result.Append(Special.Contains(character, StringComparison.Ordinal) ? "\\" : "").Append(character);
        }
    }

    // One thing, so that what repeats it repeats all of it.
    private static void AppendEncoded(string text, StringBuilder result)
    {
        result.Append("(?:");
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            result.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }

        result.Append(')');
    }
}
