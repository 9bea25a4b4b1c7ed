namespace Ingress.Routing.Docs.Tests;

/// <summary>The files of the working tree that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathTo(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    public static string Read(string relative) => File.ReadAllText(PathTo(relative)).ReplaceLineEndings("\n");

    /// <summary>Files below folders, as paths relative to the root with forward slashes; never what a build produced.</summary>
    public static IEnumerable<string> Find(string pattern, params string[] folders)
        => folders
            .SelectMany(folder => Directory.EnumerateFiles(PathTo(folder), pattern, SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Ingress.Routing.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests do not run below the root of the repository.");
    }
}
