namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Finds folders that are passed over because their names begin with a dot, and yet hold manifests.</summary>
internal static class HiddenFolder
{
    private static readonly EnumerationOptions s_options = new()
    {
        IgnoreInaccessible = true,
        RecurseSubdirectories = true,
        MaxRecursionDepth = 3,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    // In every checkout, and never meant.
    private static readonly string[] s_ofTools = [".git", ".github", ".vscode", ".idea", ".devcontainer", ".gitlab", ".circleci"];

    /// <summary>The folders directly below those given, with the name of the given one.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> paths)
    {
        var found = new List<string>();
        foreach (var path in paths.Where(Directory.Exists))
        {
            try
            {
                found.AddRange(Directory.EnumerateDirectories(path, ".*").Where(HoldsManifests).Order(StringComparer.Ordinal));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // That the folder cannot be read has been reported.
            }
        }

        return found;
    }

    private static bool HoldsManifests(string folder)
        => !s_ofTools.Contains(Path.GetFileName(folder))
            && Directory.EnumerateFiles(folder, "*", s_options).Any(static file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json");
}
