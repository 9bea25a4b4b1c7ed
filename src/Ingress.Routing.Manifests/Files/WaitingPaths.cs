using System.Collections.Concurrent;

namespace Ingress.Routing.Manifests.Files;

/// <summary>The paths to look at again although nothing may be announced of them, and when.</summary>
/// <remarks>Used by one thread, except for <see cref="AddLate"/>.</remarks>
internal sealed class WaitingPaths(TimeProvider time)
{
    private readonly Dictionary<string, (long Since, TimeSpan After)> _paths = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _late = new();

    public IReadOnlyCollection<string> Paths
    {
        get
        {
            TakeLate();
            return [.. _paths.Keys];
        }
    }

    /// <summary>Those that it is time to look at.</summary>
    public IReadOnlyCollection<string> DuePaths
    {
        get
        {
            TakeLate();
            return [.. _paths.Where(path => time.GetElapsedTime(path.Value.Since) >= path.Value.After).Select(static path => path.Key)];
        }
    }

    /// <summary>How long until the first is due; null when there is none.</summary>
    public TimeSpan? NextLook
    {
        get
        {
            TakeLate();
            return _paths.Count == 0 ? null : _paths.Values.Min(path => path.After - time.GetElapsedTime(path.Since));
        }
    }

    /// <summary>Puts in when to look at a path; null when there is no need to.</summary>
    public void Set(string path, TimeSpan? after)
    {
        if (after is { } rest)
        {
            _paths[path] = (time.GetTimestamp(), rest);
        }
        else
        {
            _paths.Remove(path);
        }
    }

    /// <summary>Takes out all paths.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Clear()
    {
        TakeLate();
        var hadAny = _paths.Count > 0;
        _paths.Clear();
        return hadAny;
    }

    /// <summary>Puts in a path that has answered at last. Thread-safe.</summary>
    public void AddLate(string path) => _late.Enqueue(path);

    private void TakeLate()
    {
        while (_late.TryDequeue(out var path))
        {
            Set(path, TimeSpan.Zero);
        }
    }
}
