namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Cuts a file at its <c>---</c> lines before any of it is parsed, as kubectl does, so that a broken document costs no other.</summary>
internal static class DocumentSplitter
{
    private const string Separator = "---";
    private const char ByteOrderMark = '\uFEFF';

    public static IEnumerable<DocumentText> Split(string text)
    {
        var start = 0;
        var startLine = 1;
        var hasContent = false;
        var line = 1;
        for (var i = 0; i < text.Length; line++)
        {
            var end = text.IndexOf('\n', i);
            end = end < 0 ? text.Length : end + 1;

            if (!IsSeparator(text.AsSpan(i, end - i)))
            {
                // What comes before the first content belongs to the document that follows: comments, and directives such as %YAML.
                hasContent = hasContent || (text[i] != '%' && HasContent(text.AsSpan(i, end - i)));
            }
            else if (hasContent)
            {
                yield return Cut(text, start, i, startLine);
                (start, startLine) = (i, line);
                hasContent = HasContent(AfterSeparator(text.AsSpan(i, end - i)));
            }
            else
            {
                hasContent = HasContent(AfterSeparator(text.AsSpan(i, end - i)));
            }

            i = end;
        }

        if (hasContent)
        {
            yield return Cut(text, start, text.Length, startLine);
        }
    }

    // A byte order mark may begin any document, since files are often concatenated; anywhere else it is part of the text. The last line
    // ends like all others, or a block of text would lose its line feed there.
    private static DocumentText Cut(string text, int start, int end, int firstLine)
    {
        var document = text[end - 1] == '\n' ? text[start..end] : string.Concat(text.AsSpan(start, end - start), "\n");
        var mark = document.IndexOf(ByteOrderMark, StringComparison.Ordinal);
        if (mark < 0)
        {
            return new(document, firstLine);
        }

        var before = document.AsSpan(0, mark);
        return IsSeparator(before) || before.IsWhiteSpace() ? new(document.Remove(mark, 1), firstLine) : new(document, firstLine);
    }

    private static bool IsSeparator(ReadOnlySpan<char> line)
    {
        line = line.TrimStart(ByteOrderMark);
        return line.StartsWith(Separator, StringComparison.Ordinal)
            && (line.Length == Separator.Length || line[Separator.Length] is ' ' or '\t' or '\r' or '\n');
    }

    private static ReadOnlySpan<char> AfterSeparator(ReadOnlySpan<char> line) => line.TrimStart(ByteOrderMark)[Separator.Length..];

    private static bool HasContent(ReadOnlySpan<char> line)
    {
        line = line.TrimStart("\uFEFF \t\r\n");
        return !line.IsEmpty && line[0] != '#';
    }
}
