using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>A catalog, and what the changes it has told of add up to.</summary>
internal sealed class FollowedCatalog(params IReadOnlyList<string> paths)
{
    private readonly ManifestCatalog _catalog = new(paths, TimeProvider.System);

    public ClusterSnapshot Snapshot { get; private set; } = ClusterSnapshot.Empty;

    public int FilesRead => _catalog.FilesRead;

    /// <summary>What the last change was.</summary>
    public ClusterChange Change { get; private set; } = ClusterChange.None;

    /// <summary>Looks at everything.</summary>
    /// <returns>Whether there was a change.</returns>
    public bool Refresh() => Follow(_catalog.Refresh());

    /// <summary>Looks at what is announced.</summary>
    /// <returns>Whether that was possible.</returns>
    public bool TryRefresh(params IReadOnlyCollection<string> announced)
    {
        if (_catalog.TryRefresh(announced) is not { } change)
        {
            return false;
        }

        Follow(change);
        return true;
    }

    /// <summary>The names of the objects of the last change, those that were taken out with a minus.</summary>
    public string ChangedNames() => string.Join(
        ' ',
        Change.Upserted.Select(static resource => resource.Reference.Name)
            .Concat(Change.Removed.Select(static reference => "-" + reference.Name))
            .Order(StringComparer.Ordinal));

    private bool Follow(ClusterChange change)
    {
        Change = change;
        Snapshot = Snapshot.Apply(change);
        return !change.IsEmpty;
    }
}
