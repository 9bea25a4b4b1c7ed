using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>All files under some paths, each in its last good version. Not thread-safe.</summary>
internal sealed class ManifestCatalog(IReadOnlyList<string> paths, TimeProvider time)
{
    private static readonly Comparer<CatalogEntry> s_order = Comparer<CatalogEntry>.Create(static (x, y) =>
        x.Found.Root != y.Found.Root ? x.Found.Root.CompareTo(y.Found.Root) : string.CompareOrdinal(x.Found.Path, y.Found.Path));

    private readonly ManifestFileReader _reader = new();
    private List<CatalogEntry> _entries = [];
    private List<IngressDiagnostic> _failures = [];

    /// <summary>Folders elsewhere, to which links among the files lead.</summary>
    public IReadOnlyCollection<string> LinkedFolders { get; private set; } = [];

    /// <summary>Looks at the paths again, and reads what has changed.</summary>
    /// <returns>Whether anything is different now.</returns>
    public bool Refresh()
    {
        var scan = ManifestScan.Of(paths);
        var known = _entries.ToDictionary(static entry => entry.Found.FullPath, StringComparer.Ordinal);
        var entries = new List<CatalogEntry>(scan.Files.Count);
        foreach (var found in scan.Files)
        {
            known.Remove(found.FullPath, out var entry);
            entries.Add(Read(found, entry));
        }

        var failures = KeepHidden(scan, known.Values, entries);
        entries.Sort(s_order);

        var isChanged = !failures.SequenceEqual(_failures)
            || entries.Count != _entries.Count
            || entries.Zip(_entries).Any(static pair => !pair.First.IsEquivalentTo(pair.Second));
        _entries = entries;
        _failures = failures;
        LinkedFolders = scan.LinkedFolders;
        return isChanged;
    }

    /// <summary>What the files say, taken together.</summary>
    public ManifestResult ToResult()
    {
        var builder = new SnapshotBuilder();
        foreach (var failure in _failures)
        {
            builder.Report(failure);
        }

        foreach (var entry in _entries)
        {
            builder.Add(entry.File);
            foreach (var problem in entry.Problems)
            {
                builder.Report(problem);
            }
        }

        return new() { Snapshot = builder.Build(), FilesRead = _entries.Count(static entry => entry.WasOpened) };
    }

    private CatalogEntry Read(ManifestScan.FoundFile found, CatalogEntry? known)
    {
        var stamp = StampOf(found.FullPath);
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

        var file = content.Problem is { } problem ? new ManifestFile([], [problem]) : _reader.Read(content.Text!, found.Path);
        var next = new CatalogEntry
        {
            Found = found,
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
    private static List<IngressDiagnostic> KeepHidden(
        ManifestScan scan, IReadOnlyCollection<CatalogEntry> missing, List<CatalogEntry> entries)
    {
        var failures = new List<IngressDiagnostic>();
        foreach (var failure in scan.Failures)
        {
            failures.Add(failure.Problem);
            var hidden = missing.Where(entry => failure.Hides(entry.Found)).ToList();
            if (hidden.Count > 0)
            {
                failures.Add(FileProblem.LastGoodKept(failure.Path));
                entries.AddRange(hidden);
            }
        }

        return failures;
    }

    private static FileStamp? StampOf(string path)
    {
        try
        {
            return FileStamp.Of(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Reading the file will say what is wrong with it.
            return null;
        }
    }
}
