namespace Ingress.Routing.Manifests.Files;

/// <summary>Asks the file system for events about some paths. Says only that something may have changed, never what.</summary>
/// <remarks>
/// Each folder is watched with all below it, and for each path the folder above it too: a folder that is replaced as a whole, or a link
/// that is pointed elsewhere, shows only there. What a watcher sees after its folder has been replaced is worthless, so they are all made
/// anew then.
/// </remarks>
internal sealed class FolderWatch(IReadOnlyList<string> paths, Action onChange) : IDisposable
{
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private volatile bool _isStale;
    private volatile bool _hasAnnounced;

    /// <summary>Whether every path is watched; if not, it takes polling to notice changes.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Watches what there is to watch now. To be called before the files are read.</summary>
    /// <param name="linkedFolders">Further folders, to which links lead.</param>
    /// <returns>Whether something is watched that was not before.</returns>
    public bool Renew(IReadOnlyCollection<string> linkedFolders)
    {
        if (_isStale)
        {
            _isStale = false;
            Dispose();
        }

        var count = _watchers.Count;
        IsComplete = true;
        foreach (var path in paths.Select(TryGetFullPath))
        {
            IsComplete &= path is not null && WatchPath(path);
        }

        foreach (var folder in linkedFolders)
        {
            IsComplete &= Watch(folder, isRecursive: true, name: null);
        }

        return _watchers.Count > count;
    }

    /// <summary>Whether there was an event since the last call.</summary>
    public bool TakeAnnouncement()
    {
        var hasAnnounced = _hasAnnounced;
        _hasAnnounced = false;
        return hasAnnounced;
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
        var parent = Path.GetDirectoryName(path);
        if (!Directory.Exists(path))
        {
            // Of a file, every change beside it counts: it may be a link to a link beside it, as in a mounted ConfigMap.
            // What does not exist may come back with all the folders above it, whose watchers would be those of the old ones.
            _isStale |= !File.Exists(path);
            return parent is not null && Watch(parent, isRecursive: false, name: null) && !_isStale;
        }

        var isParentWatched = parent is null || Watch(parent, isRecursive: false, Path.GetFileName(path));
        return Watch(path, isRecursive: true, name: null) && isParentWatched;
    }

    // With a name, only that entry of the folder is of interest, and whatever happens to it makes the other watchers worthless.
    private bool Watch(string folder, bool isRecursive, string? name)
    {
        var key = $"{folder}\n{name}\n{isRecursive}";
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
            watcher.Changed += OnChanged;
            watcher.Created += OnChanged;
            watcher.Deleted += OnChanged;
            watcher.Renamed += OnRenamed;
            watcher.Error += OnError;
            watcher.EnableRaisingEvents = true;
            _watchers.Add(key, watcher);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher?.Dispose();
            return false;
        }

        void OnChanged(object sender, FileSystemEventArgs change) => Announce(change.ChangeType, change.Name);

        void OnRenamed(object sender, RenamedEventArgs change)
        {
            Announce(change.ChangeType, change.OldName);
            Announce(change.ChangeType, change.Name);
        }

        void Announce(WatcherChangeTypes type, string? changed)
        {
            if (name is not null && (changed != name || type == WatcherChangeTypes.Changed))
            {
                return;
            }

            _isStale |= name is not null;
            _hasAnnounced = true;
            onChange();
        }

        void OnError(object sender, ErrorEventArgs error)
        {
            _isStale = true;
            onChange();
        }
    }

    private static string? TryGetFullPath(string path)
    {
        try
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
