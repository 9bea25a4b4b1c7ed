namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Cuts a file at its <c>---</c> lines before any of it is parsed, as kubectl does, so that a broken document costs no other.</summary>
internal static class DocumentSplitter
{
    private const string Separator = "---";

    public static IEnumerable<DocumentText> Split(string text)
    {
        var start = 0;
        var startLine = 1;
        var line = 1;
        var hasContent = false;
        for (var i = 0; i < text.Length; line++)
        {
            var end = text.IndexOf('\n', i);
            end = end < 0 ? text.Length : end + 1;

            // What comes before the first content belongs to the document that follows: comments, and directives such as %YAML.
            if (IsSeparator(text.AsSpan(i, end - i)))
            {
                if (hasContent)
                {
                    yield return new(text[start..i], startLine);
                    start = i;
                    startLine = line;
                }

                hasContent = HasContent(text.AsSpan(i + Separator.Length, end - i - Separator.Length));
            }
            else
            {
                hasContent = hasContent || (text[i] != '%' && HasContent(text.AsSpan(i, end - i)));
            }

            i = end;
        }

        if (hasContent)
        {
            yield return new(text[start..], startLine);
        }
    }

    private static bool IsSeparator(ReadOnlySpan<char> line)
        => line.StartsWith(Separator, StringComparison.Ordinal)
            && (line.Length == Separator.Length || line[Separator.Length] is ' ' or '\t' or '\r' or '\n');

    // A byte order mark may begin any document, since files are often concatenated.
    private static bool HasContent(ReadOnlySpan<char> line)
    {
        line = line.Trim("\uFEFF \t\r\n");
        return !line.IsEmpty && line[0] != '#';
    }
}
