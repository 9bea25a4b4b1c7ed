using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>What is known of one file: the version in force, and what is wrong with a newer one that is not.</summary>
internal sealed record CatalogEntry
{
    public required FoundFile Found { get; init; }

    /// <summary>The version in force.</summary>
    public required ManifestFile File { get; init; }

    /// <summary>Why the version on disk is not in force; empty when it is.</summary>
    public IReadOnlyList<IngressDiagnostic> Problems { get; init; } = [];

    /// <summary>The stamp of the version on disk; null when it could not be read.</summary>
    public FileStamp? Stamp { get; init; }

    public DateTimeOffset ReadAt { get; init; }

    /// <summary>The hash of the version on disk; null when it could not be read.</summary>
    public byte[]? Hash { get; init; }

    /// <summary>Whether the file could be opened.</summary>
    public bool WasOpened { get; init; }

    /// <summary>Whether an equal stamp proves that the file is the one that was read.</summary>
    public bool IsProvenBy(FileStamp? stamp)
        => Hash is not null && stamp is { } current && current == Stamp && current.IsProofAfter(ReadAt);
}
