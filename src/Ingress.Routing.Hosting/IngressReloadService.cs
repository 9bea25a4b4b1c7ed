using System.Threading.Channels;
using Ingress.Routing.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Hosting;

/// <summary>Watches all sources and keeps the route table in force up to date with them.</summary>
internal sealed class IngressReloadService : BackgroundService
{
    /// <summary>How long the start of the host waits for the first table. A source that does not answer must not keep a gateway from starting.</summary>
    internal static readonly TimeSpan StartupTimeout = TimeSpan.FromSeconds(2);

    private readonly TablePublisher _publisher;
    private readonly SourceWatcher[] _watchers;
    private readonly SourceMerger? _merger;
    private readonly TimeSpan _reloadDelay;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _firstTable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Holds at most one item: however many changes there were, there is one place for each source to look at.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public IngressReloadService(
        IngressRouter router,
        IEnumerable<IIngressSource> sources,
        IOptions<IngressRoutingOptions> options,
        IngressReloadMetrics metrics,
        TimeProvider time,
        ILogger<IngressReloadService> logger)
    {
        _publisher = new TablePublisher(router, RouteTableOptionsFactory.Create(options.Value), time, metrics, logger);
        _watchers = [.. sources.Select(source => new SourceWatcher(source, SignalChange, time, metrics, logger))];
        _merger = _watchers.Length > 1 ? new SourceMerger(_watchers.Length) : null; // a single one needs no second account
        _reloadDelay = options.Value.ReloadDelay;
        _time = time;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_firstTable.Task, Task.Delay(StartupTimeout, _time, waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
    }

    // Each source on a task of its own: one that reads files before its first 'await' must not hold up the others.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [PublishChangesAsync(stoppingToken), .. _watchers.Select(watcher => Task.Run(() => watcher.RunAsync(stoppingToken), stoppingToken))]);

    private async Task PublishChangesAsync(CancellationToken cancellationToken)
    {
        // A table of half the sources would answer the requests of the other half with 404.
        while (_watchers.Any(static watcher => !watcher.Inbox.HasYielded))
        {
            await _changes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        PublishLatest();
        _firstTable.TrySetResult();

        while (true)
        {
            var published = _time.GetTimestamp();
            await _changes.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);

            // The first change after a quiet time does not wait. Those that follow on its heels wait for one another.
            var rest = _reloadDelay - _time.GetElapsedTime(published);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, _time, cancellationToken).ConfigureAwait(false);
            }

            PublishLatest();
        }
    }

    // The signal is taken before the changes are, so one that comes in between is signalled anew.
    private void PublishLatest()
    {
        _changes.Reader.TryRead(out _);
        for (var i = 0; i < _watchers.Length; i++)
        {
            var source = i;
            _publisher.Gather(() => Take(source));
        }

        _publisher.Publish();
    }

    private ClusterChange Take(int source)
    {
        var inbox = _watchers[source].Inbox;
        return _merger is null
            ? inbox.Take(_publisher.Gathered)
            : _merger.Merge(source, inbox.Take(() => _merger.HeldBy(source)));
    }

    private void SignalChange() => _changes.Writer.TryWrite(true);
}
