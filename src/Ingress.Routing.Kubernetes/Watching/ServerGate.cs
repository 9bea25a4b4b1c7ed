using Ingress.Routing.Kubernetes.Client;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>Knows whether the API server can be reached, and wakes everybody who waits for it when it is back.</summary>
/// <remarks>
/// While connections are refused, four looks a second find out whether they still are. They send nothing, so a dead server gets no requests
/// for it, and one that comes back is asked at once by all who wait, each a little later than the other. Thread-safe.
/// </remarks>
internal sealed partial class ServerGate(KubernetesClient client, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_lookTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private TaskCompletionSource _woken = New();
    private long? _downSince;
    private bool _isLooking;

    /// <summary>Tells that somebody has an answer who had none before.</summary>
    public void Recovered()
    {
        long? since;
        lock (_gate)
        {
            since = _downSince;
            _downSince = null;
        }

        if (since is { } began)
        {
            Log.Back(logger, client.Server, time.GetElapsedTime(began));
        }

        Wake();
    }

    /// <summary>Tells that there was no answer, or one that is not about the question.</summary>
    /// <param name="reason">What happened.</param>
    /// <param name="isUnreachable">Whether there was no connection at all.</param>
    /// <param name="cancellationToken">Ends looking.</param>
    public void Failed(string reason, bool isUnreachable, CancellationToken cancellationToken)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = _downSince is null;
            _downSince ??= time.GetTimestamp();
            if (isUnreachable && !_isLooking)
            {
                _isLooking = true;
                _ = Task.Run(() => LookAsync(cancellationToken), CancellationToken.None);
            }
        }

        if (isNew)
        {
            Log.Down(logger, client.Server, reason);
        }
    }

    /// <summary>Waits.</summary>
    public async Task WaitAsync(RetryDelay delay, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        if (delay.Least > TimeSpan.Zero)
        {
            await Task.Delay(delay.Least, time, cancellationToken).ConfigureAwait(false);
        }

        var rest = delay.Most - time.GetElapsedTime(began);
        if (rest <= TimeSpan.Zero)
        {
            return;
        }

        Task woken;
        lock (_gate)
        {
            woken = _woken.Task;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(woken, Task.Delay(rest, time, limit.Token)).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    // Only a server that refused connections before and takes them now is news: one that takes them and fails otherwise is left to the back-off.
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var wasRefused = false;
            while (!await client.CanConnectAsync(s_lookTimeout, cancellationToken).ConfigureAwait(false))
            {
                wasRefused = true;
                await Task.Delay(s_betweenLooks, time, cancellationToken).ConfigureAwait(false);
            }

            lock (_gate)
            {
                _isLooking = false;
            }

            if (wasRefused)
            {
                Wake();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Wake()
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            waiting = _woken;
            _woken = New();
        }

        waiting.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(20, LogLevel.Warning, "The API server {Server} does not answer as it should: {Reason} All that is known stays in force.", EventName = "ApiServerDown")]
        public static partial void Down(ILogger logger, Uri server, string reason);

        [LoggerMessage(21, LogLevel.Warning, "The API server {Server} answers again, after {Time}.", EventName = "ApiServerBack")]
        public static partial void Back(ILogger logger, Uri server, TimeSpan time);
    }
}
