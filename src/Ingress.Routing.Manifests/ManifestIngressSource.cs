using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ingress.Routing.Hosting;
using Ingress.Routing.Manifests.Files;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests;

/// <summary>Reads files and folders, and again whatever changes of them.</summary>
/// <remarks>Every enumeration watches on its own. An unchanged file keeps its objects; a broken one keeps its last good version.</remarks>
internal sealed class ManifestIngressSource(IReadOnlyList<string> paths, TimeProvider time, ManifestWatchOptions options) : IIngressChangeSource
{
    public async IAsyncEnumerable<ClusterChange> WatchChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Holds one signal at most: it says that something may have changed, and looking finds out what.
        var signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Signal() => signals.Writer.TryWrite(true);

        var catalog = new ManifestCatalog(paths, time);
        using var watch = new FolderWatch(options.UsesEvents ? paths : [], Signal);
        using var poll = new PollTimer(time, Signal);

        // Watched before read, so that no change falls between the two.
        Renew(watch, catalog);
        yield return catalog.Refresh();
        poll.Restart(IntervalOf(watch, catalog));

        while (true)
        {
            var mustLook = Renew(watch, catalog);
            if (mustLook)
            {
                Signal(); // what links lead to may have changed before it was watched
            }

            poll.Hasten(IntervalOf(watch, catalog));
            await SettleAsync(signals.Reader, cancellationToken).ConfigureAwait(false);

            mustLook |= Renew(watch, catalog) | poll.TakeDue();
            var announced = watch.Take();
            var change = !mustLook && announced.Paths is { } changed ? catalog.TryRefresh(changed) : null;
            if (change is null)
            {
                change = catalog.Refresh();
                poll.Restart(IntervalOf(watch, catalog));
            }

            if (!change.IsEmpty)
            {
                if (!announced.Exists)
                {
                    watch.Distrust();
                }

                yield return change;
            }
        }
    }

    private bool Renew(FolderWatch watch, ManifestCatalog catalog) => options.UsesEvents && watch.Renew(catalog.LinkedFolders);

    private TimeSpan IntervalOf(FolderWatch watch, ManifestCatalog catalog)
        => options.PollInterval(options.UsesEvents && watch.IsComplete, catalog.ScanTime);

    // Waits for a signal, and then for a while without one.
    private async Task SettleAsync(ChannelReader<bool> signals, CancellationToken cancellationToken)
    {
        await signals.ReadAsync(cancellationToken).ConfigureAwait(false);
        var start = time.GetTimestamp();
        do
        {
            signals.TryRead(out _);
            await Task.Delay(options.Settle, time, cancellationToken).ConfigureAwait(false);
        }
        while (signals.TryPeek(out _) && time.GetElapsedTime(start) < options.LongestSettle);

        signals.TryRead(out _);
    }
}
