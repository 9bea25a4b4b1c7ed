namespace Ingress.Routing.Manifests.Syntax;

/// <summary>The text between two separators of a file: normally one document, broken or not.</summary>
/// <param name="Text">The text, with the <c>---</c> before it.</param>
/// <param name="FirstLine">The line of the file in which it begins, counted from 1.</param>
internal readonly record struct DocumentText(string Text, int FirstLine)
{
    /// <summary>Translates an offset in the text to a place in the file.</summary>
    public Position PositionAt(int offset)
    {
        var before = Text.AsSpan(0, offset);
        return new(FirstLine + before.Count('\n'), offset - before.LastIndexOf('\n'));
    }
}
