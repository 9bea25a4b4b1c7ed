namespace Ingress.Routing.Manifests.Files;

/// <summary>Decides which version of a file counts: that on disk, or the one before. Not thread-safe.</summary>
internal sealed class EntryVersions(TimeProvider time, CatalogOptions options)
{
    /// <summary>When to look at the file again of which was asked last; null when there is no need to.</summary>
    public TimeSpan? NextLook { get; private set; }

    /// <summary>What is to be known of a file from now on; null when that is nothing yet.</summary>
    /// <param name="job">What was read, or tried to be.</param>
    /// <param name="isFirst">Whether nothing is served yet that could be replaced.</param>
    public CatalogEntry? Next(PatientJob<ReadRequest, FileVersion> job, bool isFirst)
    {
        NextLook = null;
        if (!job.IsDone || job.Result!.WasSkipped)
        {
            return Unanswered(job);
        }

        var (request, version) = (job.Item, job.Result);
        var known = request.Known;
        if (version.File is null && version.Content.Problem is null && known!.Unfinished is null)
        {
            return known with { Stamp = request.Stamp, ReadAt = version.ReadAt, IsVanishing = false };
        }

        var file = version.File
            ?? (version.Content.Problem is { } problem ? ManifestFile.Unreadable(problem) : known!.Unfinished!.File);
        var isSeen = version.File is null && version.Content.Problem is null;
        var unfinished = new UnfinishedVersion(file, version.Content.Length, isSeen ? known!.Unfinished!.Since : time.GetTimestamp());
        var earlier = known is null || ReferenceEquals(known.File, ManifestFile.None) ? null : known;
        return DelayOf(earlier, version.Content, unfinished, isFirst) is var delay && delay > TimeSpan.Zero
            ? Wait(request, version, unfinished, delay)
            : Accept(request, version, unfinished, earlier);
    }

    private TimeSpan DelayOf(CatalogEntry? earlier, FileContent content, UnfinishedVersion version, bool isFirst)
    {
        if (options.UnfinishedFiles is not { } rule || content.Problem is not null || (earlier is null && isFirst))
        {
            return TimeSpan.Zero;
        }

        var delay = rule.DelayOf(earlier, content, version.File);
        return time.GetElapsedTime(version.Since) < delay ? delay : TimeSpan.Zero;
    }

    private CatalogEntry Wait(ReadRequest request, FileVersion version, UnfinishedVersion unfinished, TimeSpan delay)
    {
        var rule = options.UnfinishedFiles!;
        var elapsed = time.GetElapsedTime(unfinished.Since);
        var isReported = elapsed >= rule.Report && request.Known is not null;
        NextLook = Shorter(delay - elapsed, isReported ? delay : rule.Report - elapsed);
        NextLook = version.Content.IsBeingWritten is true ? Shorter(NextLook.Value, rule.OpenPoll) : NextLook;

        var known = request.Known ?? new() { Found = request.Found, File = ManifestFile.None };
        var isEmptied = UnfinishedFileRule.IsEmptied(known, unfinished.File);
        return known with
        {
            Stamp = request.Stamp,
            ReadAt = version.ReadAt,
            Hash = version.Content.Hash,
            WasOpened = true,
            Unfinished = unfinished,
            IsStale = true,
            IsVanishing = false,
            Problems = isReported ? [FileProblem.NotFinished(request.Found.Path, isEmptied, delay)] : [],
        };
    }

    private CatalogEntry Accept(ReadRequest request, FileVersion version, UnfinishedVersion unfinished, CatalogEntry? earlier)
    {
        var (path, file) = (request.Found.Path, unfinished.File);
        var next = new CatalogEntry
        {
            Found = request.Known?.Found ?? request.Found,
            File = file,
            Stamp = request.Stamp,
            ReadAt = version.ReadAt,
            Hash = version.Content.Hash,
            Length = unfinished.Length,
            WasOpened = version.Content.WasOpened,
            IsStream = version.Content.IsStream,
            Mentions = file.IsWellFormed ? [] : file.Mentions,
        };
        if (file.IsWellFormed)
        {
            return options.UnfinishedFiles is not null && earlier is not null && file.Parts.Count == 0 && UnfinishedFileRule.IsEmptied(earlier, file)
                ? next with { Problems = [FileProblem.Emptied(path, earlier.File.Resources.Count)] }
                : next;
        }

        if (earlier is not { File.IsWellFormed: true })
        {
            return next with
            {
                Adopted = earlier?.Adopted ?? [],
                Problems = earlier?.Adopted is [_, ..] ? [FileProblem.LastGoodKept(path)] : [],
            };
        }

        return next with
        {
            File = earlier.File,
            Length = earlier.Length,
            Adopted = earlier.Adopted,
            IsStale = true,
            Problems = [.. file.Diagnostics.Where(ManifestFile.IsSyntaxError), FileProblem.LastGoodKept(path)],
        };
    }

    private CatalogEntry? Unanswered(PatientJob<ReadRequest, FileVersion> job)
    {
        var known = job.Item.Known;
        var limit = options.First.LimitOf(job.Phase);
        var elapsed = PatientWork<ReadRequest, FileVersion>.ElapsedSince(job);
        if (job.Started == 0 || elapsed < limit)
        {
            NextLook = job.Started == 0 ? options.UnfinishedFiles?.Report ?? limit : job.Phase == WorkPhase.Computing ? null : limit - elapsed;
            return known;
        }

        var path = job.Item.Found.Path;
        var problem = FileProblem.NoAnswer(path, limit);
        return known is not { File.IsWellFormed: true } || ReferenceEquals(known.File, ManifestFile.None)
            ? new() { Found = job.Item.Found, File = ManifestFile.Unreadable(problem), Adopted = known?.Adopted ?? [] }
            : known with
            {
                Stamp = null,
                Hash = null,
                Unfinished = null,
                IsStale = true,
                Problems = [problem, FileProblem.LastGoodKept(path)],
            };
    }

    private static TimeSpan Shorter(TimeSpan x, TimeSpan y) => x < y ? x : y;
}
