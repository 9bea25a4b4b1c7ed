namespace Ingress.Routing.Manifests.Files;

/// <summary>The files of this machine.</summary>
internal sealed class DiskFileSystem : IFileSystem
{
    public static DiskFileSystem Instance { get; } = new();

    public PathKind KindOf(string path) => PathKinds.Of(path);

    public IEnumerable<FileSystemInfo> List(string folder) => new DirectoryInfo(folder).EnumerateFileSystemInfos();

    public FileStamp? StampOf(FileInfo file) => FileStamp.Find(file);

    public FileStream Open(string path)
        => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
