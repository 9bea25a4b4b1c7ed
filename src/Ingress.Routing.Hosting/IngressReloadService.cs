using System.Threading.Channels;
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
    private readonly TimeSpan _reloadDelay;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _firstTable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Holds at most one item: however many changes there were, there is one snapshot to read.
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
        while (_watchers.Any(static watcher => watcher.Latest is null))
        {
            await _changes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        PublishLatest();
        _firstTable.TrySetResult();

        while (true)
        {
            await _changes.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(_reloadDelay, _time, cancellationToken).ConfigureAwait(false);
            PublishLatest();
        }
    }

    // The signal is taken before the snapshots are read, so a change in between is signalled anew.
    private void PublishLatest()
    {
        _changes.Reader.TryRead(out _);
        _publisher.Publish([.. _watchers.Select(static watcher => watcher.Latest!)]);
    }

    private void SignalChange() => _changes.Writer.TryWrite(true);
}
