namespace Ingress.Routing.Manifests.Files;

/// <summary>The paths that were given, and what below them is looked at. Immutable.</summary>
internal sealed class ManifestRoots
{
    private readonly IReadOnlyList<string> _paths;
    private readonly string?[] _fullPaths;

    public ManifestRoots(IReadOnlyList<string> paths)
    {
        _paths = paths;
        _fullPaths = [.. paths.Select(FullPathOf)];
    }

    /// <summary>The full forms of the paths, in order; null for one that is none.</summary>
    public IReadOnlyList<string?> FullPaths => _fullPaths;

    /// <summary>The full form of a path without a separator at its end; null when it is none.</summary>
    public static string? FullPathOf(string path)
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

    /// <summary>Whether a name is passed over: <c>..data</c> is where a mounted ConfigMap keeps what its links point to.</summary>
    public static bool IsHidden(ReadOnlySpan<char> name) => name.StartsWith('.');

    /// <summary>Whether the name of a file in a folder is that of a manifest.</summary>
    public static bool IsManifest(string name)
        => name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether something lies below one of the paths, or is one of them.</summary>
    public bool Contains(string fullPath) => _fullPaths.Any(root => root is not null && RelativeTo(root, fullPath) is not null);

    /// <summary>Whether something is one of the paths.</summary>
    public bool IsGiven(string fullPath) => _fullPaths.Contains(fullPath, StringComparer.Ordinal);

    /// <summary>Whether something below the paths is looked at, be it a folder or a file.</summary>
    public bool IsVisible(string fullPath) => _fullPaths.Any(root => root is not null && IsVisibleBelow(root, fullPath));

    /// <summary>The file that looking at all paths would find under a name, if it is a file; null when its name rules it out.</summary>
    public FoundFile? Find(string fullPath)
    {
        for (var i = 0; i < _fullPaths.Length; i++)
        {
            if (_fullPaths[i] is not { } root || !IsVisibleBelow(root, fullPath))
            {
                continue;
            }

            if (fullPath == root)
            {
                return new(_paths[i], fullPath, i);
            }

            if (IsManifest(Path.GetFileName(fullPath)))
            {
                return new(Path.Combine(_paths[i], RelativeTo(root, fullPath)!), fullPath, i);
            }
        }

        return null;
    }

    private static bool IsVisibleBelow(string root, string fullPath)
    {
        if (RelativeTo(root, fullPath) is not { } relative)
        {
            return false;
        }

        foreach (var element in relative.AsSpan().Split(Path.DirectorySeparatorChar))
        {
            if (IsHidden(relative.AsSpan(element)))
            {
                return false;
            }
        }

        return true;
    }

    // Empty for the root itself; null for what is not below it.
    private static string? RelativeTo(string root, string fullPath)
    {
        if (!fullPath.StartsWith(root, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = fullPath[root.Length..];
        if (rest.Length == 0 || Path.EndsInDirectorySeparator(root))
        {
            return rest;
        }

        return rest[0] == Path.DirectorySeparatorChar ? rest[1..] : null;
    }
}
