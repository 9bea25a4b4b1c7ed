using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>The given folders that held files and hold none any more: for a while they may be unmounted, or about to be filled again.</summary>
/// <remarks>Used by one thread.</remarks>
/// <param name="paths">What was given.</param>
/// <param name="time">The clock.</param>
/// <param name="rule">For how long what they held stays in force; null for no time.</param>
internal sealed class EmptiedFolders(IReadOnlyList<string> paths, ManifestRoots roots, TimeProvider time, UnfinishedFileRule? rule)
{
    private readonly Dictionary<int, (long Since, int Files)> _emptied = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _emptied.Count == 0;

    /// <summary>Whether a path is one of them.</summary>
    public bool Contains(int root) => _emptied.ContainsKey(root);

    /// <summary>Takes note of what a look at everything has found.</summary>
    /// <param name="scan">What is there.</param>
    /// <param name="missing">What is not there any more.</param>
    /// <param name="kept">What stays in force of it, and for how long.</param>
    /// <returns>What there is to report.</returns>
    public IReadOnlyList<IngressDiagnostic> Look(
        ManifestScan scan, IReadOnlyCollection<CatalogEntry> missing, out IReadOnlyList<(CatalogEntry Entry, TimeSpan For)> kept)
    {
        kept = [];
        if (rule is null)
        {
            return [];
        }

        // A file in the place of a folder is not what the folder held.
        foreach (var root in scan.Files.Where(item => item.File.FullPath != roots.FullPaths[item.File.Root]).Select(static item => item.File.Root).Distinct())
        {
            _emptied.Remove(root);
            missing = [.. missing.Where(entry => entry.Found.Root != root)];
        }

        var waiting = new List<(CatalogEntry, TimeSpan)>();
        foreach (var files in missing.GroupBy(static entry => entry.Found.Root))
        {
            _emptied.TryAdd(files.Key, (time.GetTimestamp(), files.Count()));
            var rest = RestOf(_emptied[files.Key].Since);
            waiting.AddRange(files.Where(_ => rest > TimeSpan.Zero).Select(entry => (entry, rest)));
        }

        kept = waiting;
        return [.. _emptied.OrderBy(static pair => pair.Key).Select(pair => RestOf(pair.Value.Since) > TimeSpan.Zero
            ? FileProblem.FolderNotFilled(paths[pair.Key], rule.Emptied)
            : FileProblem.FolderEmptied(paths[pair.Key], pair.Value.Files))];
    }

    private TimeSpan RestOf(long since) => rule is null ? TimeSpan.Zero : rule.Emptied - time.GetElapsedTime(since);
}
