using System.Security.Cryptography;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>The bytes of a file as text, or why there is none.</summary>
internal readonly record struct FileContent
{
    /// <summary>The text; null when the file could not be read.</summary>
    public string? Text { get; private init; }

    /// <summary>The hash of the bytes: equal hashes, equal files.</summary>
    public byte[]? Hash { get; private init; }

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private init; }

    /// <summary>Why the file could not be read.</summary>
    public IngressDiagnostic? Problem { get; private init; }

    /// <summary>Whether the file could be opened.</summary>
    public bool WasOpened { get; private init; }

    /// <summary>Whether it can be read only once.</summary>
    public bool IsStream { get; private init; }

    /// <summary>Whether a process has it open for writing; null when that cannot be known, or was not asked.</summary>
    public bool? IsBeingWritten { get; private init; }

    /// <summary>What could not be read, for whatever reason.</summary>
    public static FileContent Failed(IngressDiagnostic problem) => new() { Problem = problem };

    /// <param name="path">The file.</param>
    /// <param name="knownHash">If the content still has this hash, its text is not made again.</param>
    /// <param name="files">Where it is.</param>
    /// <param name="takesStreams">Whether pipes and devices are read to their end, because this one was named.</param>
    /// <param name="asksForWriters">Whether to find out if a process has it open for writing.</param>
    /// <param name="skipsOpen">Whether to leave such a file unread. There is neither a text nor a hash then, and no problem.</param>
    public static FileContent Read(
        string path,
        byte[]? knownHash = null,
        IFileSystem? files = null,
        bool takesStreams = true,
        bool asksForWriters = false,
        bool skipsOpen = false)
    {
        files ??= DiskFileSystem.Instance;
        try
        {
            var kind = files.KindOf(path);
            var isStream = PathKinds.IsStream(kind);
            if (isStream && !takesStreams)
            {
                return new() { Problem = FileProblem.NotAFile(path, kind) };
            }

            using var stream = files.Open(path);
            if (!isStream && !stream.CanSeek)
            {
                return new() { Problem = FileProblem.NotAFile(path, PathKind.Pipe) };
            }

            return isStream ? ReadStream(stream, path) : ReadFile(stream, path, knownHash, asksForWriters, skipsOpen);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new() { Problem = FileProblem.Unreadable(path, ReasonOf(exception)) };
        }
    }

    private static FileContent ReadFile(FileStream stream, string path, byte[]? knownHash, bool asksForWriters, bool skipsOpen)
    {
        // Asked before and after: one writer may have come and gone in between, but then the length or the bytes tell.
        var isBeingWritten = asksForWriters ? NativeFile.IsOpenForWriting(stream.SafeFileHandle) : null;
        if (skipsOpen && isBeingWritten is true)
        {
            return new() { WasOpened = true, IsBeingWritten = true };
        }

        var length = stream.Length;
        if (length > ManifestLimits.FileBytes)
        {
            return new() { WasOpened = true, Problem = FileProblem.TooLarge(path) };
        }

        // What is appended to a file from now on is a later change.
        var bytes = new byte[length];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (isBeingWritten is false)
        {
            isBeingWritten = stream.Length != count ? true : NativeFile.IsOpenForWriting(stream.SafeFileHandle);
        }

        var content = bytes.AsSpan(0, count);
        var hash = SHA256.HashData(content);
        var isKnown = knownHash is not null && knownHash.AsSpan().SequenceEqual(hash);
        return new()
        {
            WasOpened = true,
            Hash = hash,
            Length = count,
            Text = isKnown ? "" : FileText.Decode(content),
            IsBeingWritten = isBeingWritten,
        };
    }

    private static FileContent ReadStream(FileStream stream, string path)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (stream.Read(buffer) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > ManifestLimits.FileBytes)
            {
                return new() { WasOpened = true, IsStream = true, Problem = FileProblem.TooLarge(path) };
            }
        }

        var content = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return new()
        {
            WasOpened = true,
            IsStream = true,
            Hash = SHA256.HashData(content),
            Length = content.Length,
            Text = FileText.Decode(content),
            IsBeingWritten = false,
        };
    }

    private static string ReasonOf(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "The file does not exist.",
        UnauthorizedAccessException => "The file may not be read.",
        _ => "The file cannot be read.",
    };
}
