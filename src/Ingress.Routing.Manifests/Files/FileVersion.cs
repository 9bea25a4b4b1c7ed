namespace Ingress.Routing.Manifests.Files;

/// <summary>What was read of a file.</summary>
/// <param name="Content">Its bytes, or why there are none.</param>
/// <param name="File">What they say; null when they are those that are known.</param>
/// <param name="ReadAt">When that was.</param>
internal sealed record FileVersion(FileContent Content, ManifestFile? File, DateTimeOffset ReadAt)
{
    /// <summary>Whether nothing was read, since a process has the file open for writing.</summary>
    public bool WasSkipped => Content is { Problem: null, Hash: null };
}
