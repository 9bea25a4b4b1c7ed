namespace Ingress.Routing.AspNetCore.Resources;

/// <summary>Follows every symbolic link on the way to a file.</summary>
/// <remarks><see cref="FileSystemInfo.ResolveLinkTarget"/> follows a link only where it is the last element.</remarks>
internal static class RealPath
{
    // As many as Linux follows.
    private const int MaxLinks = 40;

    /// <param name="path">An absolute path.</param>
    /// <returns>The path without links, <c>.</c> and <c>..</c>, whether there is such a file or not; null when the links form a loop.</returns>
    public static string? Resolve(string path)
    {
        var real = Path.GetPathRoot(path)!;
        var pending = new Stack<string>();
        Push(pending, path[real.Length..]);

        var links = 0;
        while (pending.TryPop(out var element))
        {
            if (element is "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Join(real, element);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            var targetRoot = Path.GetPathRoot(target) ?? "";
            real = targetRoot.Length > 0 ? targetRoot : real;
            Push(pending, target[targetRoot.Length..]);
        }

        return real;
    }

    private static void Push(Stack<string> pending, string path)
    {
        var elements = path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        foreach (var element in elements.Where(static element => element != ".").Reverse())
        {
            pending.Push(element);
        }
    }
}
