using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

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

    /// <summary>How many bytes the version in force has.</summary>
    public int Length { get; init; }

    /// <summary>Whether the version in force is an earlier one than that on disk.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether its objects are only kept: one that is given elsewhere counts instead.</summary>
    public bool IsKept => IsStale || IsVanishing;

    /// <summary>Whether it was missing when it was last looked for, in the middle of other changes.</summary>
    public bool IsVanishing { get; init; }

    /// <summary>The version on disk, while it does not count yet.</summary>
    public UnfinishedVersion? Unfinished { get; init; }

    /// <summary>The objects of which a broken version on disk speaks.</summary>
    public IReadOnlyCollection<ResourceReference> Mentions { get; init; } = [];

    /// <summary>Last good versions of such objects, which another file gave before.</summary>
    public IReadOnlyList<KubernetesResource> Adopted { get; init; } = [];

    /// <summary>Whether it was a pipe, which says nothing the second time.</summary>
    public bool IsStream { get; init; }

    /// <summary>The hash of the version on disk; null when it could not be read.</summary>
    public byte[]? Hash { get; init; }

    /// <summary>Whether the file could be opened.</summary>
    public bool WasOpened { get; init; }

    /// <summary>Whether an equal stamp proves that the file is the one that was read.</summary>
    public bool IsProvenBy(FileStamp? stamp)
        => Unfinished is null && Hash is not null && stamp is { } current && current == Stamp && current.IsProofAfter(ReadAt);
}
