namespace Ingress.Routing.Manifests.Files;

/// <summary>What is asked of the file system. Any call may fail, and any may take for ever. Thread-safe.</summary>
internal interface IFileSystem
{
    /// <summary>What a path leads to. Opens nothing.</summary>
    PathKind KindOf(string path);

    /// <summary>What is in a folder.</summary>
    IEnumerable<FileSystemInfo> List(string folder);

    /// <summary>The stamp of a file; null when there is none.</summary>
    FileStamp? StampOf(FileInfo file);

    /// <summary>Opens a file to read it.</summary>
    FileStream Open(string path);
}
