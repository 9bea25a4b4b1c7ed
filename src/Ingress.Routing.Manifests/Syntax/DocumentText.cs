namespace Ingress.Routing.Manifests.Syntax;

/// <summary>The text between two separators of a file: normally one document, broken or not.</summary>
/// <param name="Text">The text, with the <c>---</c> before it.</param>
/// <param name="FirstLine">The line of the file in which it begins, counted from 1.</param>
internal readonly record struct DocumentText(string Text, int FirstLine)
{
    /// <summary>The blanks that were put before lines of the file, by <see cref="FlowIndentation"/>.</summary>
    public Dictionary<int, int>? Indented { get; init; }

    /// <summary>How often that has happened.</summary>
    public int Repairs { get; init; }

    /// <summary>Translates an offset in the text to a place in the file.</summary>
    public Position PositionAt(int offset)
    {
        var before = Text.AsSpan(0, offset);
        return InFile(FirstLine + before.Count('\n'), offset - before.LastIndexOf('\n'));
    }

    /// <summary>Translates a line of the file and a column of the text to a place in the file.</summary>
    public Position InFile(int line, int column)
        => new(line, Indented is not null && Indented.TryGetValue(line, out var blanks) ? Math.Max(column - blanks, 1) : column);

    /// <summary>Translates a place in the file to an offset in the text; -1 when it is beyond the text.</summary>
    public int OffsetOf(Position position)
    {
        var offset = 0;
        for (var line = FirstLine; line < position.Line; line++)
        {
            var end = Text.IndexOf('\n', offset);
            if (end < 0)
            {
                return -1;
            }

            offset = end + 1;
        }

        offset += position.Column - 1 + (Indented?.GetValueOrDefault(position.Line) ?? 0);
        return offset < Text.Length ? offset : -1;
    }
}
