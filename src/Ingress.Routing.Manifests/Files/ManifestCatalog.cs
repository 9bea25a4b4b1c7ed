using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>All files under some paths, each in its last good version. Not thread-safe.</summary>
internal sealed class ManifestCatalog(IReadOnlyList<string> paths, TimeProvider time)
{
    private readonly ManifestRoots _roots = new(paths);
    private readonly ManifestIndex _index = new();
    private readonly ManifestFileReader _reader = new();
    private IReadOnlyList<IngressDiagnostic> _failures = [];
    private HashSet<string> _folders = [];
    private bool _hasLinks;

    /// <summary>Folders elsewhere, to which links among the files lead.</summary>
    public IReadOnlyCollection<string> LinkedFolders { get; private set; } = [];

    /// <summary>How many files could be opened and read as text.</summary>
    public int FilesRead => _index.Entries.Values.Count(static entry => entry.WasOpened);

    /// <summary>How long it took to find all files, without reading any.</summary>
    public TimeSpan ScanTime { get; private set; }

    /// <summary>Looks at all paths again, and reads what has changed.</summary>
    /// <returns>What is different now; the first time that is everything.</returns>
    public ClusterChange Refresh()
    {
        var started = time.GetTimestamp();
        var scan = ManifestScan.Of(paths);
        ScanTime = time.GetElapsedTime(started);

        var missing = _index.Entries.ToDictionary(StringComparer.Ordinal);
        foreach (var (found, stamp) in scan.Files)
        {
            missing.Remove(found.FullPath);
            _index.Set(Read(found, stamp));
        }

        _failures = KeepHidden(scan, missing);
        foreach (var gone in missing.Values)
        {
            _index.Remove(gone);
        }

        (_folders, _hasLinks, LinkedFolders) = (scan.Folders, scan.HasLinks, scan.LinkedFolders);
        return _index.TakeChange(_failures);
    }

    /// <summary>Looks again at what is announced to have changed, and at nothing else.</summary>
    /// <param name="changed">The full paths of files and folders that were written, created, deleted, or renamed from or to.</param>
    /// <returns>What is different now; null when that cannot be known without looking at all paths.</returns>
    public ClusterChange? TryRefresh(IReadOnlyCollection<string> changed)
        => !_hasLinks && changed.All(TryRefresh) ? _index.TakeChange(_failures) : null;

    // What is done must be what looking at everything would do about this name.
    private bool TryRefresh(string fullPath)
    {
        if (!_roots.IsVisible(fullPath))
        {
            return _roots.Contains(fullPath); // what lies elsewhere is announced for a reason that only looking tells
        }

        var file = new FileInfo(fullPath);
        if (_folders.Contains(fullPath) || Directory.Exists(fullPath) || file.LinkTarget is not null)
        {
            return false; // there is more to a folder or a link than its name
        }

        if (_roots.Find(fullPath) is not { } found)
        {
            return true;
        }

        var known = _index.Entries.GetValueOrDefault(fullPath);
        var isGiven = _roots.IsGiven(fullPath);
        if (known is not null && known.Found == found && file.Exists && (isGiven || IsListed(found)))
        {
            _index.Set(Read(found, FileStamp.Find(file)));
            return true;
        }

        // A path that was given is missed when it is gone.
        return IsListed(found) && !isGiven && (known is null ? TryAppear(found, file) : TryVanish(known, file));
    }

    private bool TryAppear(FoundFile found, FileInfo file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false; // elsewhere, a file may go by several names
        }

        if (file.Exists)
        {
            _index.Set(Read(found, FileStamp.Find(file)));
        }

        return true;
    }

    private bool TryVanish(CatalogEntry known, FileInfo file)
    {
        if (file.Exists || !Directory.Exists(file.DirectoryName))
        {
            return false;
        }

        _index.Remove(known);
        return true;
    }

    private bool IsListed(FoundFile found) => _folders.Contains(Path.GetDirectoryName(found.FullPath)!);

    private CatalogEntry Read(FoundFile found, FileStamp? stamp)
    {
        var known = _index.Entries.GetValueOrDefault(found.FullPath);
        known = known?.Found == found ? known : null;
        if (known is not null && known.IsProvenBy(stamp))
        {
            return known;
        }

        var readAt = time.GetUtcNow();
        var content = FileContent.Read(found.Path, known?.Hash);
        if (known?.Hash is { } hash && content.Hash is not null && hash.AsSpan().SequenceEqual(content.Hash))
        {
            return known with { Stamp = stamp, ReadAt = readAt };
        }

        var file = content.Problem is { } problem ? ManifestFile.Unreadable(problem) : _reader.Read(content.Text!, found.Path, known?.File);
        var next = new CatalogEntry
        {
            Found = known?.Found ?? found,
            File = file,
            Stamp = stamp,
            ReadAt = readAt,
            Hash = content.Hash,
            WasOpened = content.WasOpened,
        };
        return file.IsWellFormed || known is not { File.IsWellFormed: true } ? next : next with
        {
            File = known.File,
            Problems = [.. file.Diagnostics.Where(ManifestFile.IsSyntaxError), FileProblem.LastGoodKept(found.Path)],
        };
    }

    // A file is gone when its folder says so, not when the folder cannot be looked at.
    private static List<IngressDiagnostic> KeepHidden(ManifestScan scan, Dictionary<string, CatalogEntry> missing)
    {
        var failures = new List<IngressDiagnostic>();
        foreach (var failure in scan.Failures)
        {
            failures.Add(failure.Problem);
            var hidden = missing.Values.Where(entry => failure.Hides(entry.Found)).ToList();
            if (hidden.Count > 0)
            {
                failures.Add(FileProblem.LastGoodKept(failure.Path));
                hidden.ForEach(entry => missing.Remove(entry.Found.FullPath));
            }
        }

        return failures;
    }
}
