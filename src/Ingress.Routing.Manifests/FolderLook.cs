using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests;

/// <summary>One look at the folders after the other, each on a thread of its own, since a file system may take for ever to answer.</summary>
/// <remarks>Used by one task, which waits for a look before it asks anything else.</remarks>
internal sealed class FolderLook(ManifestWatchOptions options, FolderWatch watch, ManifestCatalog catalog)
{
    private Task _running = Task.CompletedTask;
    private IReadOnlyList<IngressDiagnostic> _reports = [];

    /// <summary>Whether everything has to be looked at, whatever is announced.</summary>
    public bool MustLook { get; set; }

    /// <summary>How quiet it was in the folders before the look.</summary>
    public QuietKind Quiet { get; set; } = QuietKind.Whole;

    /// <summary>Whether the last look has found what only counts after the whole quiet time.</summary>
    public bool NeedsPatience { get; private set; }

    /// <summary>How long to wait before looking again at a file that was open for writing; null when there was none.</summary>
    public TimeSpan? Retry { get; private set; }

    /// <summary>How long it must be quiet before the next look, as far as is known now.</summary>
    public TimeSpan QuietTime => MustLook ? options.QuietTime : options.QuietTimeOf(watch.CountNames(catalog.IsNameOfManifest));

    /// <summary>Whether the last look was one at everything.</summary>
    public bool HasLookedAtAll { get; private set; }

    /// <summary>Whether a look has not come to its end.</summary>
    public bool IsRunning => !_running.IsCompleted;

    /// <summary>How long to wait before looking at everything again.</summary>
    public TimeSpan PollInterval { get; private set; }

    /// <summary>What there is to report while a look does not end.</summary>
    public IReadOnlyList<IngressDiagnostic> ReportsWhileLate => [.. _reports, FileProblem.Stalled(options.LateAfter)];

    /// <summary>Begins a look.</summary>
    public Task<ClusterChange> Start(Func<ClusterChange> look)
    {
        var task = Task.Factory.StartNew(look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _running = task;
        return task;
    }

    /// <summary>The first look. Watched before read, so that no change falls between the two.</summary>
    public ClusterChange Begin()
    {
        Renew();
        catalog.Refresh();
        return End(catalog.TakeEverything());
    }

    /// <summary>Each further look.</summary>
    public ClusterChange Next()
    {
        MustLook |= Renew();
        var announced = watch.Take();
        if (Quiet == QuietKind.Brief)
        {
            return NextInHaste(announced.Paths);
        }

        (NeedsPatience, Retry) = (false, null);
        var isQuiet = Quiet == QuietKind.Whole;
        var change = !MustLook && announced.Paths is { } changed ? catalog.TryRefresh([.. changed.Union(catalog.WaitingPaths)], isQuiet) : null;
        HasLookedAtAll = change is null;
        change ??= catalog.Refresh(isQuiet);
        if (!change.IsEmpty && !announced.Exists && !catalog.HasWaited)
        {
            watch.Distrust();
        }

        return End(change);
    }

    // All or nothing: what belongs together is often written together.
    private ClusterChange NextInHaste(IReadOnlyCollection<string>? announced)
    {
        HasLookedAtAll = false;
        var isOpen = false;
        IReadOnlyCollection<string>? changed = announced is null ? null : [.. announced.Union(catalog.DuePaths)];
        if (!MustLook && changed is not null && catalog.TryTakeFinished(changed, out isOpen) is { } change)
        {
            (NeedsPatience, Retry) = (false, null);
            return End(change);
        }

        watch.PutBack(changed);
        NeedsPatience = !isOpen;
        Retry = isOpen ? (Retry * 2) ?? options.OpenRetry : null;
        return ClusterChange.None;
    }

    private ClusterChange End(ClusterChange change)
    {
        MustLook = Renew();
        _reports = catalog.Reports;
        PollInterval = options.PollInterval(options.UsesEvents && watch.IsComplete, catalog.ScanTime);
        return change;
    }

    private bool Renew() => options.UsesEvents && watch.Renew(catalog.LinkedFolders);
}
