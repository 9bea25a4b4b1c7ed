namespace Ingress.Routing.Manifests.Files;

/// <summary>A file to be read.</summary>
/// <param name="Found">The file.</param>
/// <param name="Stamp">Its stamp now; null when there is none.</param>
/// <param name="Known">What is known of it; null when it is new.</param>
/// <param name="IsGiven">Whether it was named itself, and not only a folder above it.</param>
/// <param name="AsksForWriters">Whether it matters that a process may have it open for writing; to ask costs more calls than to read.</param>
/// <param name="SkipsOpen">Whether not to read what a process has open for writing.</param>
internal sealed record ReadRequest(FoundFile Found, FileStamp? Stamp, CatalogEntry? Known, bool IsGiven, bool AsksForWriters, bool SkipsOpen = false)
{
    /// <summary>Whether what was read for one still is what the other asks for.</summary>
    public static bool IsSame(ReadRequest earlier, ReadRequest later)
        => earlier.Found == later.Found && earlier.SkipsOpen == later.SkipsOpen && (earlier.Stamp == later.Stamp || later.Stamp is null);
}
