namespace Ingress.Routing.Manifests.Files;

/// <summary>Asks the file system for events about some paths, and collects what they name.</summary>
/// <remarks>
/// Each folder is watched with all below it, and for each path the folder above it too: a folder that is replaced as a whole, or a link
/// that is pointed elsewhere, shows only there. What a watcher sees after its folder has been replaced is worthless, so they are all made
/// anew then.
/// </remarks>
internal sealed class FolderWatch(IReadOnlyList<string> paths, Action onChange) : IDisposable
{
    // Beyond that, looking at everything costs no more than looking at each.
    private const int MaxNames = 10_000;

    private readonly Dictionary<(string Folder, bool IsRecursive, string? Name), FileSystemWatcher> _watchers = [];
    private readonly Lock _gate = new();
    private HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _mayBeAnything;
    private volatile bool _isStale;
    private bool _hasNew;

    /// <summary>Whether every path is watched; if not, it takes polling to notice changes.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Watches what there is to watch now. To be called before the files are read.</summary>
    /// <param name="linkedFolders">Further folders, to which links lead.</param>
    /// <returns>Whether something is watched that was not before, and may have changed unnoticed.</returns>
    public bool Renew(IReadOnlyCollection<string> linkedFolders)
    {
        if (_isStale)
        {
            _isStale = false;
            Dispose();
        }

        IsComplete = true;
        _hasNew = false;
        foreach (var path in paths.Select(ManifestRoots.FullPathOf))
        {
            IsComplete &= path is not null && WatchPath(path);
        }

        foreach (var folder in linkedFolders)
        {
            IsComplete &= Watch(folder, isRecursive: true, name: null, AnnounceAnything);
        }

        return _hasNew;
    }

    /// <summary>Takes what was announced since the last call.</summary>
    public Announcement Take()
    {
        lock (_gate)
        {
            var announcement = new Announcement(_mayBeAnything || _names.Count > 0, _mayBeAnything ? null : _names);
            _names = new(StringComparer.Ordinal);
            _mayBeAnything = false;
            return announcement;
        }
    }

    /// <summary>How many of the names announced since then are of some kind; null when anything may have changed.</summary>
    public int? CountNames(Func<string, bool> isCounted)
    {
        lock (_gate)
        {
            return _mayBeAnything ? null : _names.Count(isCounted);
        }
    }

    /// <summary>Puts back what was taken and not looked at.</summary>
    /// <param name="paths">The full paths; null when it may be anything.</param>
    public void PutBack(IReadOnlyCollection<string>? paths)
    {
        lock (_gate)
        {
            _mayBeAnything |= paths is null;
            _names.UnionWith(paths ?? []);
        }
    }

    /// <summary>Makes all watchers anew next time, since they have missed a change.</summary>
    public void Distrust() => _isStale = true;

    public void Dispose()
    {
        foreach (var watcher in _watchers.Values)
        {
            watcher.Dispose();
        }

        _watchers.Clear();
    }

    private bool WatchPath(string path)
    {
        // What is read once is not watched.
        if (PathKinds.IsStream(PathKinds.Of(path)))
        {
            return true;
        }

        var parent = Path.GetDirectoryName(path);
        var name = Path.GetFileName(path);
        if (Directory.Exists(path))
        {
            // Of what is beside a folder, only the folder itself is of interest; and then the other watchers are worthless.
            var isParentWatched = parent is null || Watch(parent, isRecursive: false, name, changed =>
            {
                if (changed == path)
                {
                    _isStale = true;
                    AnnounceAnything(changed);
                }
            });
            return Watch(path, isRecursive: true, name: null, Announce) && isParentWatched;
        }

        // Of a file, every change beside it counts: it may be a link to a link beside it, as in a mounted ConfigMap.
        if (File.Exists(path))
        {
            return Watch(parent!, isRecursive: false, name: null, Announce);
        }

        // What does not exist may come back with all the folders above it, whose watchers would be those of the old ones.
        Unwatch((path, true, null));
        if (parent is not null)
        {
            Unwatch((parent, false, name));
            Unwatch((parent, false, null));
            var hadNew = _hasNew;
            Watch(parent, isRecursive: false, name: null, Announce);
            _hasNew = hadNew;
        }

        return false;
    }

    private void Unwatch((string Folder, bool IsRecursive, string? Name) key)
    {
        if (_watchers.Remove(key, out var watcher))
        {
            watcher.Dispose();
        }
    }

    private bool Watch(string folder, bool isRecursive, string? name, Action<string> announce)
    {
        var key = (folder, isRecursive, name);
        if (_watchers.ContainsKey(key))
        {
            return true;
        }

        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = isRecursive,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size
                    | NotifyFilters.CreationTime | NotifyFilters.Attributes,
            };
            watcher.Changed += (_, change) => OnChanged(change);
            watcher.Created += (_, change) => OnChanged(change);
            watcher.Deleted += (_, change) => OnChanged(change);
            watcher.Renamed += (_, change) =>
            {
                announce(change.OldFullPath);
                announce(change.FullPath);
            };
            watcher.Error += (_, _) =>
            {
                _isStale = true;
                AnnounceAnything(folder);
            };
            watcher.EnableRaisingEvents = true;
            _watchers.Add(key, watcher);
            _hasNew = true;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher?.Dispose();
            return false;
        }

        // The folder that a path is in changes with everything in it, which is announced by itself.
        void OnChanged(FileSystemEventArgs change)
        {
            if (name is null || change.ChangeType != WatcherChangeTypes.Changed)
            {
                announce(change.FullPath);
            }
        }
    }

    private void Announce(string path)
    {
        lock (_gate)
        {
            _mayBeAnything |= _names.Count >= MaxNames;
            if (!_mayBeAnything)
            {
                _names.Add(path);
            }
        }

        onChange();
    }

    private void AnnounceAnything(string path)
    {
        lock (_gate)
        {
            _mayBeAnything = true;
        }

        onChange();
    }
}
