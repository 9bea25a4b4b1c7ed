namespace Ingress.Routing.Model;

/// <summary>A place in a file.</summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1 in UTF-16 code units.</param>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <summary>Returns <c>file:line:column</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
