using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ingress.Routing.Hosting;
using Ingress.Routing.Manifests.Files;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests;

/// <summary>Reads files and folders, and again whenever they change.</summary>
/// <remarks>Every enumeration watches on its own. An unchanged file keeps its objects; a broken one keeps its last good version.</remarks>
internal sealed class ManifestIngressSource(IReadOnlyList<string> paths, TimeProvider time, ManifestWatchOptions options) : IIngressSource
{
    public async IAsyncEnumerable<ClusterSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Holds one signal at most: it says that something may have changed, and looking finds out what.
        var signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Signal() => signals.Writer.TryWrite(true);

        var catalog = new ManifestCatalog(paths, time);
        using var watch = new FolderWatch(options.UsesEvents ? paths : [], Signal);
        await using var poll = time.CreateTimer(_ => Signal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // Watched before read, so that no change falls between the two.
        Renew(watch, catalog);
        catalog.Refresh();
        yield return catalog.ToResult().Snapshot;

        while (true)
        {
            if (Renew(watch, catalog))
            {
                Signal(); // what links lead to may have changed before it was watched
            }

            var interval = options.UsesEvents && watch.IsComplete ? options.SafetyPoll : options.Poll;
            poll.Change(interval, interval);
            await SettleAsync(signals.Reader, cancellationToken).ConfigureAwait(false);

            Renew(watch, catalog);
            var isAnnounced = watch.TakeAnnouncement();
            if (catalog.Refresh())
            {
                if (!isAnnounced)
                {
                    watch.Distrust();
                }

                yield return catalog.ToResult().Snapshot;
            }
        }
    }

    private bool Renew(FolderWatch watch, ManifestCatalog catalog) => options.UsesEvents && watch.Renew(catalog.LinkedFolders);

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
