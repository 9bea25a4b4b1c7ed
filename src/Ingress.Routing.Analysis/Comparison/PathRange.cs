using Ingress.Routing.Matching;

namespace Ingress.Routing.Comparison;

/// <summary>One path, or a path with all below it except for some parts. Immutable.</summary>
public sealed class PathRange
{
    private readonly string _key;

    internal PathRange(string path, bool isExact, IReadOnlyList<PathRange> except)
    {
        Path = path;
        IsExact = isExact;
        Except = except;
        _key = PathTable.PrefixKey(path);
    }

    internal PathRange(PathPattern pattern)
        : this(pattern.Text, false, []) => Pattern = pattern;

    /// <summary>
    /// The regular expression that the paths fit, of which <see cref="Path"/> is the text; null when they are told by their elements. Paths that fit
    /// it and are taken by one that goes first are not meant.
    /// </summary>
    public PathPattern? Pattern { get; }

    /// <summary>The canonical path. Unless <see cref="IsExact"/>, it is compared element by element, as that of a Prefix path is.</summary>
    public string Path { get; }

    /// <summary>Whether this one path is meant alone.</summary>
    public bool IsExact { get; }

    /// <summary>What below <see cref="Path"/> is not meant; empty for one path.</summary>
    public IReadOnlyList<PathRange> Except { get; }

    /// <summary>Whether every path there can be is in the range.</summary>
    public bool IsEveryPath => Pattern is null && !IsExact && _key.Length == 0 && Except.Count == 0;

    /// <summary>Whether the range holds a path.</summary>
    /// <param name="path">A canonical path (D8).</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public bool Contains(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Pattern is not null ? Pattern.IsMatch(path) == true : IsExact ? path == Path : IsPrefix(_key, path) && !Except.Any(part => part.Contains(path));
    }

    /// <summary>Returns the range in words.</summary>
    public override string ToString()
    {
        if (Pattern is not null)
        {
            return $"what fits {Path}";
        }

        if (IsExact)
        {
            return $"exactly {Path}";
        }

        var all = _key.Length == 0 ? "every path" : $"{Path} and below";
        return Except.Count == 0 ? all : $"{all}, except {Enumeration.Of(Except)}";
    }

    /// <summary>Whether the elements of a path begin with those of a prefix (semantics 4.4).</summary>
    /// <param name="key">The prefix as <see cref="PathTable.PrefixKey"/> returns it.</param>
    internal static bool IsPrefix(string key, string path)
        => path.StartsWith(key, StringComparison.Ordinal) && (path.Length == key.Length || path[key.Length] == '/');
}
