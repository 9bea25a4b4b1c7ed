using YamlDotNet.Core;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Finds the tab that a document must not be indented with.</summary>
/// <remarks>
/// The API server's YAML library takes no tab for indentation outside of brackets. YamlDotNet takes some, and places its complaint about the
/// others at the beginning of the mapping, which may be the beginning of the file.
/// </remarks>
internal static class TabCheck
{
    private const string Message = "The line is indented with a tab, which YAML does not allow. Use blanks.";

    /// <summary>Refuses a node that is the first thing on its line, behind a tab.</summary>
    /// <exception cref="ManifestSyntaxException">It is.</exception>
    public static void RefuseBefore(DocumentText document, Position position)
    {
        if (document.Text.Contains('\t', StringComparison.Ordinal)
            && document.OffsetOf(position) is >= 0 and var offset
            && FindTab(document, StartOfLine(document.Text, offset)) is { } tab
            && document.OffsetOf(tab) < offset)
        {
            throw ManifestSyntaxException.Malformed(Message, tab);
        }
    }

    /// <summary>The complaint of the parser, when it is about a tab, at the place of that tab.</summary>
    /// <param name="last">Where the parser was before.</param>
    public static ManifestSyntaxException? Translate(YamlException exception, DocumentText document, Position last)
    {
        if (!exception.Message.Contains("tab", StringComparison.Ordinal))
        {
            return null;
        }

        var from = Math.Max(document.OffsetOf(last), 0);
        for (var start = StartOfLine(document.Text, from); start < document.Text.Length; start = EndOfLine(document.Text, start))
        {
            if (FindTab(document, start) is { } tab)
            {
                return ManifestSyntaxException.Malformed(Message, tab);
            }
        }

        return null;
    }

    // The first tab among the blanks at the beginning of a line.
    private static Position? FindTab(DocumentText document, int lineStart)
    {
        var blanks = document.Text.AsSpan(lineStart);
        var end = blanks.IndexOfAnyExcept(' ');
        return end >= 0 && blanks[end] == '\t' ? document.PositionAt(lineStart + end) : null;
    }

    private static int StartOfLine(string text, int offset) => offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;

    private static int EndOfLine(string text, int offset) => text.IndexOf('\n', offset) is >= 0 and var end ? end + 1 : text.Length;
}
