using System.Text;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>
/// Indents the lines of a bracket or quoted text that stand too far left for YamlDotNet. The API server's YAML library takes them, and
/// blanks at the beginning of such a line mean nothing.
/// </summary>
internal static class FlowIndentation
{
    // Each repair means another parse, so their number times the size of a text is what bounds the time.
    private const int MaxRepairs = 32;
    private const int LongestText = 256 * 1024;

    /// <summary>Indents all lines of the bracket or quoted text that begins at a place, as far as it reaches.</summary>
    /// <param name="document">The text.</param>
    /// <param name="start">The opening bracket or quote, in the file.</param>
    /// <param name="repaired">The text with more blanks.</param>
    /// <returns>False when there is nothing to indent, or not again.</returns>
    public static bool TryRepair(DocumentText document, Position start, out DocumentText repaired)
    {
        repaired = document;
        var indented = document.Indented ?? [];
        if (document.Text.Length > LongestText || document.Repairs >= MaxRepairs)
        {
            return false;
        }

        var begin = document.OffsetOf(start);
        var end = begin < 0 ? -1 : EndOf(document.Text, begin);
        if (end < 0)
        {
            return false;
        }

        var width = start.Column + 1;
        var text = new StringBuilder(document.Text, 0, begin, document.Text.Length + 1024);
        var line = start.Line;
        var lines = new Dictionary<int, int>(indented);
        for (var i = begin; i < end; i++)
        {
            text.Append(document.Text[i]);
            if (document.Text[i] == '\n' && lines.TryAdd(++line, width))
            {
                text.Append(' ', width);
            }
        }

        if (lines.Count == indented.Count)
        {
            return false;
        }

        text.Append(document.Text, end, document.Text.Length - end);
        repaired = document with { Text = text.ToString(), Indented = lines, Repairs = document.Repairs + 1 };
        return true;
    }

    // One past the end of what begins at an offset; -1 when it is never closed, or is neither bracket nor quoted text.
    private static int EndOf(string text, int begin)
    {
        if (text[begin] is '"' or '\'')
        {
            return EndOfQuoted(text, begin);
        }

        if (text[begin] is not ('[' or '{'))
        {
            return -1;
        }

        var depth = 0;
        for (var i = begin; i < text.Length; i++)
        {
            var isFirst = i == begin || text[i - 1] is ' ' or '\t' or '\r' or '\n' or '[' or '{' or ',' or ':';
            switch (text[i])
            {
                case '[' or '{':
                    depth++;
                    break;

                case ']' or '}' when --depth == 0:
                    return i + 1;

                case '"' or '\'' when isFirst:
                    i = EndOfQuoted(text, i) is >= 0 and var quoteEnd ? quoteEnd - 1 : text.Length;
                    break;

                case '#' when isFirst:
                    i = text.IndexOf('\n', i) is >= 0 and var lineEnd ? lineEnd : text.Length;
                    break;
            }
        }

        return -1;
    }

    private static int EndOfQuoted(string text, int begin)
    {
        for (var i = begin + 1; i < text.Length; i++)
        {
            var isEscape = text[begin] == '"' ? text[i] == '\\' : text.AsSpan(i).StartsWith("''", StringComparison.Ordinal);
            if (isEscape)
            {
                i++;
            }
            else if (text[i] == text[begin])
            {
                return i + 1;
            }
        }

        return -1;
    }
}
