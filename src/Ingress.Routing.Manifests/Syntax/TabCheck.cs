using YamlDotNet.Core;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Finds the tabs that a document must not be indented with.</summary>
/// <remarks>
/// The API server's YAML library takes no tab for indentation outside of brackets. YamlDotNet takes some, and places its complaint about the
/// others at the beginning of the mapping, which may be the beginning of the file.
/// </remarks>
internal sealed class TabCheck
{
    private const string Message = "The line is indented with a tab, which YAML does not allow. Use blanks.";

    // The first tab of each line that begins with one, be it after blanks; by line, in ascending order. Null when there is none.
    private readonly SortedList<int, int>? _columns;

    private TabCheck(SortedList<int, int>? columns)
    {
        _columns = columns;
    }

    public static TabCheck Of(DocumentText document)
    {
        var text = document.Text.AsSpan();
        SortedList<int, int>? columns = null;
        for (var line = document.FirstLine; text.Contains('\t'); line++)
        {
            var start = text.IndexOfAnyExcept(' ');
            if (text[start] == '\t')
            {
                (columns ??= []).Add(line, document.InFile(line, start + 1).Column);
            }

            var end = text.IndexOf('\n');
            text = end < 0 ? [] : text[(end + 1)..];
        }

        return new(columns);
    }

    /// <summary>Refuses a node that is the first thing on its line, behind a tab.</summary>
    /// <exception cref="ManifestSyntaxException">It is.</exception>
    public void RefuseBefore(Position node)
    {
        if (_columns is not null && _columns.TryGetValue(node.Line, out var column) && column < node.Column)
        {
            throw ManifestSyntaxException.Malformed(Message, new(node.Line, column));
        }
    }

    /// <summary>The complaint of the parser, when it is about a tab, at the place of that tab.</summary>
    /// <param name="last">Where the parser was before.</param>
    public ManifestSyntaxException? Translate(YamlException exception, Position last)
    {
        if (_columns is null || !exception.Message.Contains("tab", StringComparison.Ordinal))
        {
            return null;
        }

        var index = _columns.Keys.ToList().FindIndex(line => line >= last.Line);
        return index < 0 ? null : ManifestSyntaxException.Malformed(Message, new(_columns.Keys[index], _columns.Values[index]));
    }
}
