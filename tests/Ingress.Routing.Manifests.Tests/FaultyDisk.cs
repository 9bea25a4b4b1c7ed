using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>The files of this machine, behind calls that fail or hang on command.</summary>
internal sealed class FaultyDisk : IFileSystem, IDisposable
{
    private readonly ManualResetEventSlim _released = new();
    private int _calls;

    /// <summary>How many calls there were since the last failure was set.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Makes what a call throws, by its number; null lets it pass.</summary>
    public Func<int, Exception?> Failure { get; private set; } = static _ => null;

    /// <summary>What ends the path of a file that does not answer.</summary>
    public string? Hanging { get; set; }

    public void FailWith(Func<int, Exception?> failure)
    {
        Failure = failure;
        Volatile.Write(ref _calls, 0);
    }

    /// <summary>Lets everything answer.</summary>
    public void Release()
    {
        Hanging = null;
        _released.Set();
    }

    public PathKind KindOf(string path) => Call("", () => DiskFileSystem.Instance.KindOf(path));

    public IEnumerable<FileSystemInfo> List(string folder) => Call(folder, () => DiskFileSystem.Instance.List(folder));

    public FileStamp? StampOf(FileInfo file) => Call("", () => DiskFileSystem.Instance.StampOf(file));

    public FileStream Open(string path) => Call(path, () => DiskFileSystem.Instance.Open(path));

    public void Dispose() => Release();

    private T Call<T>(string path, Func<T> call)
    {
        if (Failure(Interlocked.Increment(ref _calls) - 1) is { } failure)
        {
            throw failure;
        }

        if (Hanging is { } hanging && path.EndsWith(hanging, StringComparison.Ordinal))
        {
            _released.Wait();
        }

        return call();
    }
}
