using Ingress.Routing.Model;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Hosting;

/// <summary>Watches one source for good: keeps its last snapshot, and watches again after a failure.</summary>
internal sealed partial class SourceWatcher(IIngressSource source, Action changed, TimeProvider time, IngressReloadMetrics metrics, ILogger logger)
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(30);

    private volatile ClusterSnapshot? _latest;
    private string? _lastFailure;

    /// <summary>What the source yielded last; null until it has yielded.</summary>
    public ClusterSnapshot? Latest => _latest;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var delay = s_firstDelay;
        while (true)
        {
            try
            {
                await foreach (var snapshot in source.WatchAsync(cancellationToken).ConfigureAwait(false))
                {
                    delay = s_firstDelay;
                    Accept(snapshot);
                }

                cancellationToken.ThrowIfCancellationRequested();
                Report(new InvalidOperationException("The enumeration ended, which a source does only when it is cancelled."), delay);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Report(failure, delay);
            }

            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < s_maxDelay ? delay * 2 : s_maxDelay;
        }
    }

    private void Accept(ClusterSnapshot snapshot)
    {
        if (_lastFailure is not null)
        {
            _lastFailure = null;
            Log.SourceRecovered(logger, source.GetType().Name);
        }

        if (!ReferenceEquals(snapshot, _latest))
        {
            _latest = snapshot;
            changed();
        }
    }

    private void Report(Exception failure, TimeSpan delay)
    {
        metrics.SourceFailed();

        // Once per failure, not once per try: an API server that is down for an hour is one line.
        var description = $"{failure.GetType()}: {failure.Message}";
        if (description != _lastFailure)
        {
            _lastFailure = description;
            Log.SourceFailed(logger, source.GetType().Name, delay, failure);
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
