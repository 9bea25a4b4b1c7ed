using System.Security;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Finds the files that paths name, and remembers where it could not look.</summary>
internal sealed class ManifestScan
{
    private readonly List<(FoundFile File, FileStamp? Stamp)> _files = [];
    private readonly HashSet<string> _seenFiles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seenFolders = new(StringComparer.Ordinal);
    private readonly List<FailedPath> _failures = [];
    private readonly SortedSet<string> _linkedFolders = new(StringComparer.Ordinal);

    private readonly IFileSystem _disk;
    private readonly Action? _onProgress;

    private ManifestScan(IFileSystem disk, Action? onProgress = null) => (_disk, _onProgress) = (disk, onProgress);

    /// <summary>
    /// The files in the order of the paths, and within a folder in ordinal order; none twice. The stamp is null when it could not be read.
    /// </summary>
    public IReadOnlyList<(FoundFile File, FileStamp? Stamp)> Files => _files;

    /// <summary>The full paths of the folders that were looked at, as they were reached.</summary>
    public HashSet<string> Folders { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<FailedPath> Failures => _failures;

    /// <summary>Folders outside of those given, to which links lead.</summary>
    public IReadOnlyCollection<string> LinkedFolders => _linkedFolders;

    /// <summary>Whether a file or folder was reached through a link below one of the paths, and may have several names.</summary>
    public bool HasLinks { get; private set; }

    /// <summary>Looks at all paths, for as long as it takes.</summary>
    public static ManifestScan Of(IReadOnlyList<string> paths, IFileSystem? disk = null)
    {
        var scan = Empty();
        for (var i = 0; i < paths.Count; i++)
        {
            scan.Add(Of(paths[i], i, disk ?? DiskFileSystem.Instance));
        }

        return scan;
    }

    /// <summary>Nothing, to which the scans of paths are added.</summary>
    public static ManifestScan Empty() => new(DiskFileSystem.Instance);

    /// <summary>Looks at one of the paths.</summary>
    /// <param name="path">The path.</param>
    /// <param name="root">Which of the paths it is.</param>
    /// <param name="disk">Where it is.</param>
    /// <param name="onProgress">Called again and again.</param>
    public static ManifestScan Of(string path, int root, IFileSystem disk, Action? onProgress = null)
    {
        var scan = new ManifestScan(disk, onProgress);
        scan.AddRoot(path, root);
        return scan;
    }

    /// <summary>Adds a file that need not be looked for.</summary>
    public void Add(FoundFile file)
    {
        if (_seenFiles.Add(file.FullPath))
        {
            _files.Add((file, null));
        }
    }

    /// <summary>Adds what another path led to, except for files that were found before.</summary>
    public void Add(ManifestScan other)
    {
        _files.AddRange(other._files.Where(file => _seenFiles.Add(file.File.FullPath)));
        _failures.AddRange(other._failures);
        _linkedFolders.UnionWith(other._linkedFolders);
        Folders.UnionWith(other.Folders);
        HasLinks |= other.HasLinks;
    }

    /// <summary>Adds that one of the paths cannot be looked at.</summary>
    public void Fail(string path, int root, IngressDiagnostic problem) => _failures.Add(new(path, root, problem));

    private void AddRoot(string path, int root)
    {
        try
        {
            var kind = path.Length == 0 ? PathKind.Missing : _disk.KindOf(path);
            if (kind == PathKind.Folder)
            {
                AddFolder(path, RealPath.Of(path), root);
            }
            else if (kind == PathKind.File)
            {
                AddFile(new FileInfo(path), path, root);
            }
            else if (PathKinds.IsStream(kind))
            {
                // What leads to it does not matter: it is read once, and never looked at again.
                _files.Add((new(path, Path.GetFullPath(path), root), null));
            }
            else
            {
                Fail(path, root, kind == PathKind.Missing ? "The path does not exist." : "The path cannot be read.");
            }
        }
        catch (Exception exception) when (IsFileSystemError(exception))
        {
            Fail(path, root, "The path cannot be read.");
        }

        _files.Sort(Comparer<(FoundFile File, FileStamp? Stamp)>.Create(static (x, y) => FoundFile.Order.Compare(x.File, y.File)));
    }

    private void AddFolder(string path, string realPath, int root)
    {
        if (!_seenFolders.Add(realPath))
        {
            return;
        }

        try
        {
            // Links last: what can be reached without one has its own name.
            var entries = _disk.List(realPath)
                .Where(static entry => !ManifestRoots.IsHidden(entry.Name))
                .OrderBy(IsLink)
                .ThenBy(static entry => entry.Name, StringComparer.Ordinal)
                .ToList();
            Folders.Add(ManifestRoots.FullPathOf(path)!);
            foreach (var entry in entries)
            {
                AddEntry(entry, Path.Combine(path, entry.Name), root);
            }
        }
        catch (Exception exception) when (IsFileSystemError(exception))
        {
            Fail(path, root, "The folder cannot be read.");
        }
    }

    private void AddEntry(FileSystemInfo entry, string path, int root)
    {
        _onProgress?.Invoke();
        if (entry is DirectoryInfo folder)
        {
            if (!IsLink(folder))
            {
                AddFolder(path, folder.FullName, root);
                return;
            }

            HasLinks = true;
            var realPath = RealPath.Of(folder.FullName);
            _linkedFolders.Add(realPath);
            AddFolder(path, realPath, root);
        }
        else if (ManifestRoots.IsManifest(entry.Name))
        {
            AddFile((FileInfo)entry, path, root);
        }
    }

    private void AddFile(FileInfo file, string path, int root)
    {
        var fullPath = Path.GetFullPath(path);
        if (!_seenFiles.Add(fullPath))
        {
            return;
        }

        _files.Add((new(path, fullPath, root), _disk.StampOf(file)));
        if (IsLink(file))
        {
            HasLinks = true;
            AddLinkedFolderOf(fullPath);
        }
    }

    private void AddLinkedFolderOf(string link)
    {
        try
        {
            _linkedFolders.Add(Path.GetDirectoryName(RealPath.Of(link))!);
        }
        catch (IOException)
        {
            // Links in a circle: opening the file will fail and be reported.
        }
    }

    private void Fail(string path, int root, string reason)
        => Fail(path, root, FileProblem.Unreadable(path, reason));

    // The attributes come with the stamp; asking for the target would be one more call into the system for each file.
    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.LinkTarget is not null;

    private static bool IsFileSystemError(Exception exception)
        => exception is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException;

    /// <summary>A path that could not be looked at; nothing is known about the files below it.</summary>
    internal readonly record struct FailedPath(string Path, int Root, IngressDiagnostic Problem)
    {
        /// <summary>Whether a file that was found before may still be there.</summary>
        public bool Hides(FoundFile file)
        {
            var folder = System.IO.Path.TrimEndingDirectorySeparator(Path) + System.IO.Path.DirectorySeparatorChar;
            return file.Root == Root && (file.Path == Path || file.Path.StartsWith(folder, StringComparison.Ordinal));
        }
    }
}
