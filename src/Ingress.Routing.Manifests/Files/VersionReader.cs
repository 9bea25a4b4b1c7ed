namespace Ingress.Routing.Manifests.Files;

/// <summary>Reads a version of a file. Never throws. Not thread-safe.</summary>
internal sealed class VersionReader(IFileSystem disk, TimeProvider time)
{
    private readonly ManifestFileReader _reader = new();

    public FileVersion Read(PatientJob<ReadRequest, FileVersion> job)
    {
        var (found, known) = (job.Item.Found, job.Item.Known);
        var readAt = time.GetUtcNow();
        try
        {
            if (job.Item is { IsGiven: true, Stamp: null } && PathKinds.IsStream(disk.KindOf(found.Path)))
            {
                job.Phase = WorkPhase.Streaming;
            }

            var content = FileContent.Read(found.Path, known?.Hash, disk, takesStreams: job.Item.IsGiven, job.Item.AsksForWriters, job.Item.SkipsOpen);
            if (new FileVersion(content, null, readAt) is { WasSkipped: true } skipped)
            {
                return skipped;
            }

            job.Phase = WorkPhase.Computing;
            var isKnown = content.Problem is null && known?.Hash is { } hash && hash.AsSpan().SequenceEqual(content.Hash);
            return new(content, isKnown || content.Problem is not null ? null : _reader.Read(content.Text!, found.Path, known?.File), readAt);
        }
        catch (Exception)
        {
            // Whatever it was, the file was not read, and costs no other one.
            return new(FileContent.Failed(FileProblem.Unreadable(found.Path, "The file cannot be read.")), null, readAt);
        }
    }
}
