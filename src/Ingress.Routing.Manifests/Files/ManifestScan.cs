using System.Security;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Finds the files that paths name, and remembers where it could not look.</summary>
internal sealed class ManifestScan
{
    private readonly List<FoundFile> _files = [];
    private readonly HashSet<string> _seenFiles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seenFolders = new(StringComparer.Ordinal);
    private readonly List<FailedPath> _failures = [];
    private readonly SortedSet<string> _linkedFolders = new(StringComparer.Ordinal);

    private ManifestScan()
    {
    }

    /// <summary>The files in the order of the paths, and within a folder in ordinal order; none twice.</summary>
    public IReadOnlyList<FoundFile> Files => _files;

    public IReadOnlyList<FailedPath> Failures => _failures;

    /// <summary>Folders outside of those given, to which links lead.</summary>
    public IReadOnlyCollection<string> LinkedFolders => _linkedFolders;

    public static ManifestScan Of(IReadOnlyList<string> paths)
    {
        var scan = new ManifestScan();
        for (var i = 0; i < paths.Count; i++)
        {
            scan.Add(paths[i], i);
        }

        return scan;
    }

    private void Add(string path, int root)
    {
        var start = _files.Count;
        _seenFolders.Clear();
        try
        {
            if (Directory.Exists(path))
            {
                AddFolder(path, RealPath.Of(path), root);
            }
            else if (File.Exists(path))
            {
                AddFile(new FileInfo(path), path, root);
            }
            else
            {
                Fail(path, root, "The path does not exist.");
            }
        }
        catch (Exception exception) when (IsFileSystemError(exception))
        {
            Fail(path, root, "The path cannot be read.");
        }

        _files.Sort(start, _files.Count - start, Comparer<FoundFile>.Create(static (x, y) => string.CompareOrdinal(x.Path, y.Path)));
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
            foreach (var entry in new DirectoryInfo(realPath).EnumerateFileSystemInfos()
                .OrderBy(static entry => entry.LinkTarget is not null)
                .ThenBy(static entry => entry.Name, StringComparer.Ordinal))
            {
                AddEntry(entry, Path.Combine(path, entry.Name), root);
            }
        }
        catch (Exception exception) when (IsFileSystemError(exception))
        {
            Fail(path, root, "The folder cannot be read.");
        }
    }

    // Names that begin with a dot are left out: '..data' is where a mounted ConfigMap keeps the files that its links point to.
    private void AddEntry(FileSystemInfo entry, string path, int root)
    {
        if (entry.Name.StartsWith('.'))
        {
            return;
        }

        if (entry is DirectoryInfo folder)
        {
            if (folder.LinkTarget is null)
            {
                AddFolder(path, folder.FullName, root);
                return;
            }

            var realPath = RealPath.Of(folder.FullName);
            _linkedFolders.Add(realPath);
            AddFolder(path, realPath, root);
        }
        else if (IsManifest(entry.Name))
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

        _files.Add(new(path, fullPath, root));
        if (file.LinkTarget is not null)
        {
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
        => _failures.Add(new(path, root, FileProblem.Unreadable(path, reason)));

    private static bool IsManifest(string name)
        => name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static bool IsFileSystemError(Exception exception)
        => exception is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException;

    /// <summary>A file to read.</summary>
    /// <param name="Path">As the user named it, or named a folder above it.</param>
    /// <param name="FullPath">Identifies it.</param>
    /// <param name="Root">Which of the given paths led to it.</param>
    internal readonly record struct FoundFile(string Path, string FullPath, int Root);

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
