using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Hosting;

/// <summary>Watches all sources and keeps the route table in force up to date with them.</summary>
internal sealed partial class IngressReloadService : BackgroundService
{
    private static readonly TimeSpan s_restartDelay = TimeSpan.FromSeconds(1);

    // A table that takes long is followed by many times that for other things, but by no more than this.
    private const int RestPerWork = 4;
    private static readonly TimeSpan s_longestRest = TimeSpan.FromMilliseconds(100);

    // A source that waits for a disk or a network does not notice that it is cancelled.
    private static readonly TimeSpan s_stopGrace = TimeSpan.FromSeconds(1);

    private readonly TablePublisher _publisher;
    private readonly SourceWatcher[] _watchers;
    private readonly SourceMerger? _merger;
    private readonly TimeSpan _reloadDelay;
    private readonly TimeSpan _startupTimeout;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
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
        _startupTimeout = options.Value.StartupTimeout;
        _time = time;
        _logger = logger;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_firstTable.Task, Task.Delay(_startupTimeout, _time, waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        if (!_firstTable.Task.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            var silent = _watchers.Where(static watcher => !watcher.Inbox.HasYielded).Select(static watcher => watcher.SourceName);
            Log.StartedWithoutTable(_logger, _startupTimeout, string.Join(", ", silent));
        }
    }

    // Each on a task of its own: a source that reads files before its first 'await' must not hold up the others.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Func<CancellationToken, Task>[] loops = [PublishChangesAsync, .. _watchers.Select(static watcher => (Func<CancellationToken, Task>)watcher.RunAsync)];
        var running = Task.WhenAll(loops.Select(loop => Task.Run(() => KeepRunningAsync(loop, stoppingToken), CancellationToken.None)));
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stoppingToken.Register(stopped.SetResult).ConfigureAwait(false);
        await Task.WhenAny(running, stopped.Task).ConfigureAwait(false);
        await Task.WhenAny(running, Task.Delay(s_stopGrace, _time, CancellationToken.None)).ConfigureAwait(false);
    }

    // A loop that died in silence would leave a gateway that serves the same table for ever.
    private async Task KeepRunningAsync(Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await loop(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Log.Restarted(_logger, s_restartDelay, failure);
            }

            await Task.Delay(s_restartDelay, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PublishChangesAsync(CancellationToken cancellationToken)
    {
        // A table of half the sources would answer the requests of the other half with 404.
        while (_watchers.Any(static watcher => !watcher.Inbox.HasYielded))
        {
            await _changes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        PublishLatest();
        _firstTable.TrySetResult();

        var delay = _reloadDelay;
        while (true)
        {
            var published = _time.GetTimestamp();
            await _changes.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);

            // The first change after a quiet time does not wait. Those that follow on its heels wait for one another.
            var rest = delay - _time.GetElapsedTime(published);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, _time, cancellationToken).ConfigureAwait(false);
            }

            var started = _time.GetTimestamp();
            PublishLatest();
            delay = DelayAfter(_time.GetElapsedTime(started));
        }
    }

    // Changes that come without end leave four fifths of a core to requests, unless all tables are asked for.
    private TimeSpan DelayAfter(TimeSpan work)
    {
        var rest = work * RestPerWork;
        rest = rest < s_longestRest ? rest : s_longestRest;
        return _reloadDelay == TimeSpan.Zero || rest < _reloadDelay ? _reloadDelay : rest;
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

    private static partial class Log
    {
        [LoggerMessage(7, LogLevel.Warning, "No route table after {Timeout}: nothing has come from {Sources} yet. Requests are answered with 503 and 'Retry-After' until it does.", EventName = "StartedWithoutTable")]
        public static partial void StartedWithoutTable(ILogger logger, TimeSpan timeout, string sources);

        [LoggerMessage(8, LogLevel.Critical, "Following the sources broke off, which is a defect. The table in force stays in force; it goes on in {Delay}.", EventName = "Restarted")]
        public static partial void Restarted(ILogger logger, TimeSpan delay, Exception failure);
    }
}
