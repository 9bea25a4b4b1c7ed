namespace Ingress.Routing.Manifests.Files;

/// <summary>Finds where a path leads when every link in it is followed, so that one folder has one name.</summary>
internal static class RealPath
{
    // What Linux allows in one path.
    private const int MaxLinks = 40;

    /// <exception cref="IOException">The links go in a circle.</exception>
    public static string Of(string path)
    {
        var fullPath = Path.GetFullPath(path);
        var real = Path.GetPathRoot(fullPath)!;
        var rest = ElementsOf(fullPath[real.Length..]);
        for (var links = 0; rest.TryPop(out var element);)
        {
            var next = Path.Combine(real, element);
            if (new DirectoryInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException("The links of the path go in a circle.");
            }

            var targetPath = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(targetPath)!;
            foreach (var linked in ElementsOf(targetPath[real.Length..]).Reverse())
            {
                rest.Push(linked);
            }
        }

        return real;
    }

    // The first element on top.
    private static Stack<string> ElementsOf(string path)
        => new(path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
}
