namespace Ingress.Routing.Manifests.Files;

/// <summary>Tells files from what only looks like one: opening a pipe waits until something writes into it.</summary>
internal static class PathKinds
{
    /// <summary>What a path leads to. Opens nothing.</summary>
    public static PathKind Of(string path)
    {
        if (NativeFile.KindOf(path) is { } kind)
        {
            return kind;
        }

        // Elsewhere than on Linux a pipe looks like a file; reading it is bounded by time.
        return Directory.Exists(path) ? PathKind.Folder : File.Exists(path) ? PathKind.File : PathKind.Missing;
    }

    /// <summary>Whether something can be read once, and holds nothing the second time.</summary>
    public static bool IsStream(PathKind kind) => kind is PathKind.Pipe or PathKind.Socket or PathKind.Device;
}
