using System.Runtime.CompilerServices;
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
        var signal = new SettlingSignal(time, options);
        var catalog = new ManifestCatalog(paths, time);
        using var watch = new FolderWatch(options.UsesEvents ? paths : [], signal.Raise);
        using var poll = new PollTimer(time, signal.Raise);

        // Watched before read, so that no change falls between the two.
        Renew(watch, catalog);
        yield return catalog.Refresh();
        poll.Restart(IntervalOf(watch, catalog));

        while (true)
        {
            var mustLook = Renew(watch, catalog);
            if (mustLook)
            {
                signal.Raise(); // what links lead to may have changed before it was watched
            }

            poll.Hasten(IntervalOf(watch, catalog));
            await signal.WaitAsync(cancellationToken).ConfigureAwait(false);

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
}
