using System.Runtime.CompilerServices;
using Ingress.Routing.Hosting;
using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests;

/// <summary>Reads files and folders, and again whatever changes of them.</summary>
/// <remarks>
/// An unchanged file keeps its objects; a broken one keeps its last good version. What was read outlives a failure: an enumeration that comes
/// after another one begins with it. Two at the same time know nothing of each other.
/// </remarks>
internal sealed class ManifestIngressSource(IReadOnlyList<string> paths, TimeProvider time, ManifestWatchOptions options) : IIngressChangeSource
{
    private ManifestCatalog? _idle;

    public async IAsyncEnumerable<ClusterChange> WatchChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var signal = new QuietSignal(time, options);
        var catalog = Interlocked.Exchange(ref _idle, null) ?? new ManifestCatalog(paths, time, options.Catalog);
        catalog.OnLate = signal.Raise;
        using var watch = new FolderWatch(options.UsesEvents ? paths : [], signal.Raise);
        using var poll = new PollTimer(time, signal.Raise);
        var look = new FolderLook(options, watch, catalog);
        try
        {
            var first = look.Start(look.Begin);
            await first.WaitAsync(cancellationToken).ConfigureAwait(false);
            yield return await first.ConfigureAwait(false);
            poll.Restart(look.PollInterval);

            while (true)
            {
                poll.Hasten(look.PollInterval);
                using (new DueTimer(time, catalog.NextLook, signal.Raise))
                using (new DueTimer(time, look.Retry, signal.Wake))
                {
                    if (look.MustLook)
                    {
                        signal.Raise(); // what links lead to may have changed before it was watched
                    }
                    else if (look.NeedsPatience)
                    {
                        signal.WaitForWhole();
                    }

                    look.Quiet = await signal.WaitAsync(
                        () => poll.IsDue ? options.QuietTime : look.QuietTime, cancellationToken).ConfigureAwait(false);
                }

                look.MustLook |= poll.TakeDue();
                var next = look.Start(look.Next);
                if (await IsLateAsync(next, cancellationToken).ConfigureAwait(false))
                {
                    yield return new() { SourceDiagnostics = look.ReportsWhileLate };
                    await next.WaitAsync(cancellationToken).ConfigureAwait(false);
                    yield return new() { SourceDiagnostics = catalog.Reports };
                }

                var change = await next.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (look.HasLookedAtAll)
                {
                    poll.Restart(look.PollInterval);
                }

                if (!change.IsEmpty)
                {
                    yield return change;
                }
            }
        }
        finally
        {
            // A look that hangs still uses it.
            catalog.OnLate = null;
            if (!look.IsRunning)
            {
                _idle = catalog;
            }
        }
    }

    private async Task<bool> IsLateAsync(Task look, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var late = Task.Delay(options.LateAfter, time, waiting.Token);
        var first = await Task.WhenAny(look, late).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return first == late;
    }
}
