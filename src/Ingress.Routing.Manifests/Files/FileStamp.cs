namespace Ingress.Routing.Manifests.Files;

/// <summary>What tells a changed file from an unchanged one without reading it.</summary>
/// <param name="WrittenAt">When the file was last written, by its file system.</param>
/// <param name="Length">The length in bytes.</param>
internal readonly record struct FileStamp(DateTime WrittenAt, long Length)
{
    // File systems count in steps of up to two seconds: a second change within the step leaves no trace but the content.
    private static readonly TimeSpan s_granularity = TimeSpan.FromSeconds(2);

    /// <summary>Reads the stamp of a file; of what it points to, when it is a link. Null when that is not possible.</summary>
    public static FileStamp? Find(FileInfo file)
    {
        try
        {
            if (file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            {
                file = new(target.FullName);
            }

            return new(file.LastWriteTimeUtc, file.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Reading the file will say what is wrong with it.
            return null;
        }
    }

    /// <summary>Whether the same stamp, seen again after this time, is proof that the file has not changed.</summary>
    public bool IsProofAfter(DateTimeOffset readAt) => (readAt.UtcDateTime - WrittenAt).Duration() > s_granularity;
}
