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

    /// <summary>Why the file could not be read.</summary>
    public IngressDiagnostic? Problem { get; private init; }

    /// <summary>Whether the file could be opened.</summary>
    public bool WasOpened { get; private init; }

    /// <param name="path">The file.</param>
    /// <param name="knownHash">If the content still has this hash, its text is not made again.</param>
    public static FileContent Read(string path, byte[]? knownHash = null)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

            // A pipe does not know its length. What is appended to a file from now on is a later change.
            const int OneTooMany = ManifestLimits.FileBytes + 1;
            var bytes = new byte[stream.CanSeek ? Math.Min(stream.Length, OneTooMany) : OneTooMany];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > ManifestLimits.FileBytes)
            {
                return new() { WasOpened = true, Problem = FileProblem.TooLarge(path) };
            }

            var content = bytes.AsSpan(0, count);
            var hash = SHA256.HashData(content);
            var isKnown = knownHash is not null && knownHash.AsSpan().SequenceEqual(hash);
            return new() { WasOpened = true, Hash = hash, Text = isKnown ? "" : FileText.Decode(content) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new() { Problem = FileProblem.Unreadable(path, ReasonOf(exception)) };
        }
    }

    private static string ReasonOf(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "The file does not exist.",
        UnauthorizedAccessException => "The file may not be read.",
        _ => "The file cannot be read.",
    };
}
