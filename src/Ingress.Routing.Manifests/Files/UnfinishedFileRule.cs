using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Tells a finished version of a file from one that is still being written.</summary>
internal sealed record UnfinishedFileRule
{
    /// <summary>How long after its last change a file without objects does not count, if it had some: 'helm template > file' takes its time.</summary>
    public TimeSpan Emptied { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its last change a file does not count while a process has it open for writing.</summary>
    public TimeSpan Open { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often to look whether it still is open.</summary>
    public TimeSpan OpenPoll { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The same for a file that has become smaller, where it cannot be known whether it is open.</summary>
    public TimeSpan Smaller { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After what time it is worth saying that a file does not count yet.</summary>
    public TimeSpan Report { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after its last change a version does not count; zero when it is finished.</summary>
    /// <param name="known">The version in force; null when the file is new.</param>
    /// <param name="content">What was read.</param>
    /// <param name="next">What it says.</param>
    public TimeSpan DelayOf(CatalogEntry? known, FileContent content, ManifestFile next)
    {
        if (content.IsStream)
        {
            return TimeSpan.Zero;
        }

        if (content.IsBeingWritten is true)
        {
            return Open;
        }

        if (known is null)
        {
            return TimeSpan.Zero;
        }

        if (IsEmptied(known, next))
        {
            return Emptied;
        }

        var isSmaller = next.IsWellFormed && (content.Length < known.Length || next.Resources.Count < known.File.Resources.Count);
        return content.IsBeingWritten is null && isSmaller ? Smaller : TimeSpan.Zero;
    }

    /// <summary>Whether a version certainly is finished, so that there is nothing to wait for.</summary>
    /// <remarks>
    /// Nobody has it open for writing, everything in it can be read and is valid, and no object is missing. A writer that closes the file and
    /// opens it again to go on can still be at work.
    /// </remarks>
    /// <param name="known">The version in force; null when the file is new.</param>
    /// <param name="content">What was read.</param>
    /// <param name="next">What it says.</param>
    public static bool IsFinished(CatalogEntry? known, FileContent content, ManifestFile next)
        => content is { Problem: null, IsStream: false, IsBeingWritten: false }
            && next.IsWellFormed
            && next.Resources.Count >= (known?.File.Resources.Count ?? 0)
            && next.Diagnostics.All(static diagnostic => diagnostic.Severity != IngressDiagnosticSeverity.Error);

    /// <summary>Whether a file says nothing, or only what no manifest says, where it gave objects before.</summary>
    public static bool IsEmptied(CatalogEntry known, ManifestFile next)
        => known.File.Resources.Count > 0
            && next.Resources.Count == 0
            && next.IsWellFormed
            && next.Diagnostics.All(static diagnostic => diagnostic.Id == IngressDiagnosticIds.NotAnObject);
}
