using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests;

/// <summary>What was read from manifests.</summary>
public sealed record ManifestResult
{
    /// <summary>The objects, with what was wrong with the files in <see cref="ClusterSnapshot.SourceDiagnostics"/>.</summary>
    public required ClusterSnapshot Snapshot { get; init; }

    /// <summary>How many files could be opened and read as text.</summary>
    public required int FilesRead { get; init; }

    /// <summary>What was wrong with the files; the same list as in the snapshot.</summary>
    public IReadOnlyList<IngressDiagnostic> Diagnostics => Snapshot.SourceDiagnostics;
}
