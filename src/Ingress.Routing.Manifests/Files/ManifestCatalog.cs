using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>All files under some paths, each in its last good version. Not thread-safe.</summary>
internal sealed class ManifestCatalog
{
    private readonly IReadOnlyList<string> _paths;
    private readonly TimeProvider _time;
    private readonly CatalogOptions _options;
    private readonly ManifestRoots _roots;
    private readonly ManifestIndex _index = new();
    private readonly EntryVersions _versions;
    private readonly PatientWork<ReadRequest, FileVersion> _reading;
    private readonly PatientWork<(string Path, int Root), ManifestScan> _scanning;
    private readonly WaitingPaths _waiting;
    private readonly EmptiedFolders _emptied;
    private IReadOnlyList<IngressDiagnostic> _failures = [];
    private HashSet<string> _folders = [];
    private bool _hasLinks;
    private bool _hasLooked;

    /// <param name="paths">Files and folders.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">How they are read.</param>
    public ManifestCatalog(IReadOnlyList<string> paths, TimeProvider time, CatalogOptions? options = null)
    {
        _paths = paths;
        _time = time;
        _options = options ?? CatalogOptions.Once;
        _roots = new(paths);
        _waiting = new(time);
        _emptied = new(paths, _roots, time, _options.UnfinishedFiles);
        _versions = new(time, _options);
        _reading = new(
            static request => request.Found.FullPath,
            ReadRequest.IsSame,
            () => new VersionReader(_options.Disk, time).Read,
            path =>
            {
                _waiting.AddLate(path);
                OnLate?.Invoke();
            });
        _scanning = new(
            static item => item.Path,
            static (earlier, later) => false, // what was seen when it did not answer is old by now
            () => ScanOf,
            _ => OnLate?.Invoke());
    }

    /// <summary>Called, by any thread, when something answers that had been left behind.</summary>
    public Action? OnLate { get; set; }

    /// <summary>Folders elsewhere, to which links among the files lead.</summary>
    public IReadOnlyCollection<string> LinkedFolders { get; private set; } = [];

    /// <summary>How many files could be opened and read as text.</summary>
    public int FilesRead => _index.Entries.Values.Count(static entry => entry.WasOpened);

    /// <summary>How long it took to find all files, without reading any.</summary>
    public TimeSpan ScanTime { get; private set; }

    /// <summary>The full paths to look at again although nothing may be announced of them.</summary>
    public IReadOnlyCollection<string> WaitingPaths => _waiting.Paths;

    /// <summary>Those of them that are due.</summary>
    public IReadOnlyCollection<string> DuePaths => _waiting.DuePaths;

    /// <summary>When the first of them is due; null when there is none.</summary>
    public TimeSpan? NextLook => _waiting.NextLook;

    /// <summary>Whether the last look was taken at files that were being waited for, too.</summary>
    public bool HasWaited { get; private set; }

    /// <summary>All that was reported last.</summary>
    public IReadOnlyList<IngressDiagnostic> Reports => _index.AllReports();

    private Patience Patience => (_hasLooked ? _options.Later : null) ?? _options.First;

    /// <summary>Looks at all paths again, and reads what has changed.</summary>
    /// <param name="isQuiet">Whether nothing goes on there; if something does, what has vanished may be on its way back.</param>
    /// <returns>What is different now; the first time that is everything.</returns>
    public ClusterChange Refresh(bool isQuiet = true)
    {
        HasWaited = _waiting.Clear();
        var started = _time.GetTimestamp();
        var scan = Scan();
        ScanTime = _time.GetElapsedTime(started);

        var missing = _index.Entries.ToDictionary(StringComparer.Ordinal);
        var requests = new List<ReadRequest>();
        foreach (var (found, stamp) in scan.Files)
        {
            missing.Remove(found.FullPath);
            AddRequest(requests, found, stamp);
        }

        Read(requests);
        _failures = [.. KeepHidden(scan, missing), .. KeepEmptied(scan, missing)];
        Remove(missing.Values, isQuiet);
        (_folders, _hasLinks, LinkedFolders) = (scan.Folders, scan.HasLinks, scan.LinkedFolders);
        _hasLooked = true;
        return TakeChange();
    }

    /// <summary>Looks again at what is announced to have changed, and at nothing else.</summary>
    /// <param name="changed">The full paths of files and folders that were written, created, deleted, or renamed from or to.</param>
    /// <param name="isQuiet">See <see cref="Refresh"/>.</param>
    /// <returns>What is different now; null when that cannot be known without looking at all paths.</returns>
    public ClusterChange? TryRefresh(IReadOnlyCollection<string> changed, bool isQuiet = true)
    {
        HasWaited = _waiting.Paths.Count > 0;
        var requests = new List<ReadRequest>();
        var gone = new List<CatalogEntry>();
        if (_hasLinks || !changed.All(path => TryRefresh(path, requests, gone)))
        {
            return null;
        }

        Read(requests);
        Remove(gone, isQuiet);
        return TakeChange();
    }

    /// <summary>Whether a path would be that of a manifest, if it were a file. Asks no file system.</summary>
    public bool IsNameOfManifest(string fullPath) => _roots.Find(fullPath) is not null;

    /// <summary>Looks again at what is announced to have changed, if all of it certainly is finished.</summary>
    /// <param name="changed">As for <see cref="TryRefresh(IReadOnlyCollection{string}, bool)"/>.</param>
    /// <param name="isOpen">Whether a file is open for writing, so that it soon may be.</param>
    /// <returns>What is different now; null when nothing was taken over, and all of it has to be looked at again.</returns>
    public ClusterChange? TryTakeFinished(IReadOnlyCollection<string> changed, out bool isOpen)
    {
        isOpen = false;
        var hadWaited = _waiting.Paths.Count > 0;
        var requests = new List<ReadRequest>();
        var gone = new List<CatalogEntry>();
        if (_hasLinks || !_emptied.IsEmpty || !changed.All(path => TryRefresh(path, requests, gone)) || gone.Count > 0)
        {
            return null;
        }

        var jobs = requests.Count == 0 ? [] : _reading.Run([.. requests.Select(static request => request with { SkipsOpen = true })], Patience);
        isOpen = jobs.Any(static job => job is { IsDone: true, Result.WasSkipped: true });
        if (!jobs.All(IsFinished))
        {
            return null;
        }

        HasWaited = hadWaited;
        Accept(jobs);
        return TakeChange();
    }

    /// <summary>Everything that is in force, for a first reader.</summary>
    public ClusterChange TakeEverything() => _index.TakeEverything(_failures);

    private ClusterChange TakeChange()
    {
        _index.KeepMentioned();
        return _index.TakeChange(_failures);
    }

    // What is done must be what looking at everything would do about this name.
    private bool TryRefresh(string fullPath, List<ReadRequest> requests, List<CatalogEntry> gone)
    {
        _waiting.Set(fullPath, null);
        if (!_roots.IsVisible(fullPath))
        {
            return _roots.Contains(fullPath); // what lies elsewhere is announced for a reason that only looking tells
        }

        var file = new FileInfo(fullPath);
        var kind = _options.Disk.KindOf(fullPath);
        if (_folders.Contains(fullPath) || kind is PathKind.Folder or PathKind.Unknown || file.LinkTarget is not null)
        {
            return false; // there is more to a folder or a link than its name
        }

        if (_roots.Find(fullPath) is not { } found)
        {
            return true;
        }

        var known = _index.Entries.GetValueOrDefault(fullPath);
        var isGiven = _roots.IsGiven(fullPath);
        var exists = kind != PathKind.Missing;
        if (known is not null && known.Found == found && exists && (isGiven || IsListed(found)))
        {
            AddRequest(requests, found, _options.Disk.StampOf(file));
            return true;
        }

        // A path that was given is missed when it is gone.
        if (!IsListed(found) || isGiven)
        {
            return false;
        }

        if (known is null)
        {
            if (exists)
            {
                AddRequest(requests, found, _options.Disk.StampOf(file));
            }

            return OperatingSystem.IsLinux(); // elsewhere, a file may go by several names
        }

        if (exists || _options.Disk.KindOf(file.DirectoryName!) != PathKind.Folder || _emptied.Contains(found.Root))
        {
            return false;
        }

        gone.Add(known);
        return true;
    }

    private bool IsListed(FoundFile found) => _folders.Contains(Path.GetDirectoryName(found.FullPath)!);

    private void AddRequest(List<ReadRequest> requests, FoundFile found, FileStamp? stamp)
    {
        var known = _index.Entries.GetValueOrDefault(found.FullPath);
        known = known?.Found == found ? known : null;
        if (known is { IsStream: true })
        {
            return; // it would say nothing now, and that would not be true
        }

        if (known is null || known.IsVanishing || !known.IsProvenBy(stamp))
        {
            // At the first look there is nothing in force that an unfinished version could replace.
            var asksForWriters = _options.UnfinishedFiles is not null && (_hasLooked || known is not null);
            requests.Add(new(found, stamp, known, _roots.IsGiven(found.FullPath), asksForWriters));
        }
    }

    private static bool IsFinished(PatientJob<ReadRequest, FileVersion> job)
    {
        if (job is not { IsDone: true, Result: { WasSkipped: false } version })
        {
            return false;
        }

        // A version without a text is one that was read before: that in force, or one that did not count yet.
        var known = job.Item.Known;
        return (version.File ?? known?.Unfinished?.File ?? known?.File) is { } file
            && UnfinishedFileRule.IsFinished(known, version.Content, file);
    }

    private void Read(List<ReadRequest> requests)
        => Accept(requests.Count == 0 ? [] : _reading.Run(requests, Patience));

    private void Accept(IEnumerable<PatientJob<ReadRequest, FileVersion>> jobs)
    {
        foreach (var job in jobs)
        {
            var next = _versions.Next(job, isFirst: !_hasLooked);
            _waiting.Set(job.Item.Found.FullPath, _versions.NextLook);
            if (next is not null)
            {
                _index.Set(next);
            }
        }
    }

    private void Remove(IEnumerable<CatalogEntry> gone, bool isQuiet)
    {
        foreach (var entry in gone)
        {
            if (isQuiet)
            {
                _waiting.Set(entry.Found.FullPath, null);
                _index.Remove(entry);
            }
            else
            {
                _waiting.Set(entry.Found.FullPath, TimeSpan.Zero);
                _index.Set(entry with { IsVanishing = true });
            }
        }
    }

    private ManifestScan Scan()
    {
        var scan = ManifestScan.Empty();
        var open = new List<(string Path, int Root)>();
        for (var root = 0; root < _paths.Count; root++)
        {
            if (_roots.FullPaths[root] is { } fullPath && _index.Entries.GetValueOrDefault(fullPath) is { IsStream: true } known)
            {
                scan.Add(known.Found);
            }
            else
            {
                open.Add((_paths[root], root));
            }
        }

        foreach (var job in open.Count == 0 ? [] : _scanning.Run(open, _options.First))
        {
            if (job.IsDone)
            {
                scan.Add(job.Result!);
            }
            else
            {
                scan.Fail(job.Item.Path, job.Item.Root, FileProblem.NoAnswer(job.Item.Path, _options.First.Reading));
            }
        }

        return scan;
    }

    private ManifestScan ScanOf(PatientJob<(string Path, int Root), ManifestScan> job)
    {
        var (path, root) = job.Item;
        try
        {
            return ManifestScan.Of(path, root, _options.Disk, job.ShowProgress);
        }
        catch (Exception)
        {
            // Whatever it was, nothing is known of what lies there, and so nothing is replaced.
            var scan = ManifestScan.Empty();
            scan.Fail(path, root, FileProblem.Unreadable(path, "The path cannot be read."));
            return scan;
        }
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

    // A file that was announced to be deleted is meant to be gone.
    private IReadOnlyList<IngressDiagnostic> KeepEmptied(ManifestScan scan, Dictionary<string, CatalogEntry> missing)
    {
        var reports = _emptied.Look(scan, [.. missing.Values.Where(static entry => !entry.IsVanishing)], out var kept);
        foreach (var (entry, rest) in kept)
        {
            missing.Remove(entry.Found.FullPath);
            _waiting.Set(entry.Found.FullPath, rest);
        }

        return reports;
    }
}
