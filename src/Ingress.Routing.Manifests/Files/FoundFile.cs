namespace Ingress.Routing.Manifests.Files;

/// <summary>A file to read.</summary>
/// <param name="Path">As the user named it, or named a folder above it.</param>
/// <param name="FullPath">Identifies it.</param>
/// <param name="Root">Which of the given paths led to it.</param>
internal sealed record FoundFile(string Path, string FullPath, int Root)
{
    /// <summary>The order in which files are applied: of the given paths, and within each by name.</summary>
    public static Comparer<FoundFile> Order { get; } = Comparer<FoundFile>.Create(static (x, y) =>
        x.Root != y.Root ? x.Root.CompareTo(y.Root) : string.CompareOrdinal(x.Path, y.Path));
}
