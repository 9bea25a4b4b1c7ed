using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests;

/// <summary>How the files are watched.</summary>
internal sealed record ManifestWatchOptions
{
    public static ManifestWatchOptions Default { get; } = new();

    /// <summary>
    /// How long the files must be quiet before they are read: an editor truncates, writes, and renames, and 'cp -r' copies for a while.
    /// </summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long must be quiet, for each file that was changed, to take over files that are finished as far as can be told. The more files
    /// there are, the likelier is it that more will follow: of ten, the whole time has to be quiet.
    /// </summary>
    public TimeSpan BriefQuietTime { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long after a look at a file that was open for writing to look again, the first time.</summary>
    public TimeSpan OpenRetry { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a file that never gets quiet can put off the reading.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>After what time in which it never was quiet a file that has vanished counts as deleted all the same.</summary>
    public TimeSpan LongestRestlessTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often to look at everything though nothing was announced: file systems may lose events.</summary>
    public TimeSpan SafetyPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often to look where no events can be had: a path that does not exist, or no watches left.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After what time it is reported that a look at the files does not end.</summary>
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How files are read.</summary>
    public CatalogOptions Catalog { get; init; } = CatalogOptions.Watching;

    /// <summary>Whether to ask the file system for events.</summary>
    public bool UsesEvents { get; init; } = true;

    /// <summary>How long the files must be quiet.</summary>
    /// <param name="files">How many have changed; null when it may be anything.</param>
    public TimeSpan QuietTimeOf(int? files)
        => files is { } count && BriefQuietTime * Math.Max(count, 1) is var brief && brief < QuietTime ? brief : QuietTime;

    /// <summary>How long to wait before looking at everything again: with 100,000 files that takes half a second.</summary>
    /// <param name="isAnnounced">Whether events tell of changes.</param>
    /// <param name="scanTime">How long finding all files took, which is nearly all of it.</param>
    /// <returns>Long enough for looking to take less than 2 % of a core, or 10 % where nothing else tells of changes.</returns>
    public TimeSpan PollInterval(bool isAnnounced, TimeSpan scanTime)
    {
        var (interval, rest) = isAnnounced ? (SafetyPoll, scanTime * 60) : (Poll, scanTime * 12);
        return rest > interval ? rest : interval;
    }
}
