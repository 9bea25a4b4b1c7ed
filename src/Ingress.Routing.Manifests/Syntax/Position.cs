namespace Ingress.Routing.Manifests.Syntax;

/// <summary>A place in the text of a file.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1 in UTF-16 code units.</param>
internal readonly record struct Position(int Line, int Column)
{
    /// <summary>The beginning of a file; stands for the file as a whole.</summary>
    public static Position Start => new(1, 1);
}
