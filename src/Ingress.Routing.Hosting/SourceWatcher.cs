using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Hosting;

/// <summary>Watches one source for good: keeps what it has yielded until it is taken, and watches again after a failure.</summary>
internal sealed partial class SourceWatcher(IIngressSource source, Action changed, TimeProvider time, IngressReloadMetrics metrics, ILogger logger)
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(30);

    private TimeSpan _delay = s_firstDelay;
    private string? _lastFailure;

    public SourceInbox Inbox { get; } = new();

    public string SourceName => source.GetType().Name;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await WatchAsync(cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                Report(new InvalidOperationException("The enumeration ended, which a source does only when it is cancelled."));
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Report(failure);
            }

            await Task.Delay(_delay, time, cancellationToken).ConfigureAwait(false);
            _delay = _delay * 2 < s_maxDelay ? _delay * 2 : s_maxDelay;
        }
    }

    // Both tokens: an enumeration that was not written with 'yield' may heed either of them.
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (source is IIngressChangeSource changeSource)
        {
            var isFirst = true;
            await foreach (var change in changeSource.WatchChangesAsync(cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                Inbox.Put(change, startsAnew: isFirst);
                isFirst = false;
                Accept(isNew: true);
            }

            return;
        }

        await foreach (var snapshot in source.WatchAsync(cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Accept(isNew: Inbox.Put(snapshot));
        }
    }

    private void Accept(bool isNew)
    {
        _delay = s_firstDelay;
        if (_lastFailure is not null)
        {
            _lastFailure = null;
            Log.SourceRecovered(logger, SourceName);
        }

        if (isNew)
        {
            changed();
        }
    }

    private void Report(Exception failure)
    {
        metrics.SourceFailed();

        // Once per failure, not once per try: an API server that is down for an hour is one line.
        var description = $"{failure.GetType()}: {failure.Message}";
        if (description != _lastFailure)
        {
            _lastFailure = description;
            Log.SourceFailed(logger, SourceName, _delay, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Warning, "The source '{Source}' failed. What it yielded last stays in force; it is watched again in {Delay}.", EventName = "SourceFailed")]
        public static partial void SourceFailed(ILogger logger, string source, TimeSpan delay, Exception failure);

        [LoggerMessage(11, LogLevel.Information, "The source '{Source}' works again.", EventName = "SourceRecovered")]
        public static partial void SourceRecovered(ILogger logger, string source);
    }
}
