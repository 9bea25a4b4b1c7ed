using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>Lets requests in as long as there is room for them, makes some wait for a moment, and refuses the rest.</summary>
/// <remarks>Below the limits a request costs two interlocked numbers each way, no lock and no memory. The limits can change at any time.</remarks>
internal sealed partial class RequestGate : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RequestQueue _queue = new();
    private readonly Func<ClientCount?, bool> _tryTake;
    private readonly MemoryGuard _memory;
    private readonly LimitMetrics _metrics;
    private readonly ILogger _logger;
    private readonly IDisposable? _changes;
    private readonly LogPace _pace = new();
    private volatile RequestBounds _bounds;
    private volatile int _waiting;
    private int _requests;

    public RequestGate(IOptionsMonitor<IngressConnectionOptions> options, MemoryGuard memory, LimitMetrics metrics, ILogger<RequestGate> logger)
    {
        _memory = memory;
        _metrics = metrics;
        _logger = logger;
        _tryTake = TryTake;
        _bounds = RequestBounds.Of(options.CurrentValue, memory.Available);
        _changes = options.OnChange(changed =>
        {
            _bounds = RequestBounds.Of(changed, memory.Available);
            Admit();
        });
        metrics.Observe(this);
    }

    /// <summary>The limits in force.</summary>
    public RequestBounds Bounds => _bounds;

    /// <summary>How many requests are being answered.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many wait.</summary>
    public int Waiting => _waiting;

    /// <summary>Lets a request in at once, to be followed by <see cref="Leave"/>.</summary>
    /// <param name="client">The client; null when that is unknown.</param>
    public bool TryEnter(ClientCount? client)
        => _waiting == 0 && !_memory.IsShort && TryTake(client);

    /// <summary>Waits for room, to be followed by <see cref="Leave"/>.</summary>
    /// <returns>False when there was none in time, or too many wait already.</returns>
    public async ValueTask<bool> WaitAsync(ClientCount? client)
    {
        if (_memory.IsShort)
        {
            Refuse(LimitMetrics.Memory);
            return false;
        }

        RequestQueue.Waiter? waiter;
        lock (_gate)
        {
            waiter = _queue.TryAdd(client, _bounds.Queue);
            _waiting = _queue.Count;
        }

        if (waiter is null)
        {
            Refuse(LimitMetrics.QueueFull);
            return false;
        }

        // What left between the first look and now has seen nobody wait.
        Admit();
        await Task.WhenAny(waiter.Decision, Task.Delay(_bounds.QueueTime));
        lock (_gate)
        {
            if (_queue.Remove(waiter))
            {
                waiter.Refuse();
            }

            _waiting = _queue.Count;
        }

        if (await waiter.Decision)
        {
            return true;
        }

        Refuse(LimitMetrics.QueueTime);
        return false;
    }

    public void Leave(ClientCount? client)
    {
        client?.Leave();
        Interlocked.Decrement(ref _requests);
        if (_waiting > 0)
        {
            Admit();
        }
    }

    public void Dispose() => _changes?.Dispose();

    /// <summary>Notes that a body came too slowly.</summary>
    public void BodyWasTooSlow() => Refuse(LimitMetrics.SlowBody);

    /// <summary>Notes that a connection was ended because most of its requests were taken back.</summary>
    public void ClientTookBackTooMuch() => Refuse(LimitMetrics.Resets);

    private bool TryTake(ClientCount? client)
    {
        var bounds = _bounds;
        if (Interlocked.Increment(ref _requests) <= bounds.Requests)
        {
            if (client is null || client.TryEnter(bounds.RequestsPerClient))
            {
                return true;
            }
        }

        Interlocked.Decrement(ref _requests);
        return false;
    }

    private void Admit()
    {
        lock (_gate)
        {
            while (_queue.Count > 0 && _queue.Next(_tryTake) is { } waiter)
            {
                waiter.Admit();
            }

            _waiting = _queue.Count;
        }
    }

    private void Refuse(KeyValuePair<string, object?> reason)
    {
        _metrics.Refused(reason);
        if (_pace.IsDue())
        {
            var bounds = _bounds;
            Log.Refused(_logger, reason.Value, Requests, bounds.Requests, bounds.RequestsPerClient, Waiting);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "Requests are refused ({Reason}). {Requests} of at most {Max} are being answered, at most {MaxPerClient} of them for one client, and {Waiting} wait. "
            + "This is said every ten seconds at most; ingress_routing.requests.refused counts them.",
            EventName = "RequestsRefused")]
        public static partial void Refused(ILogger logger, object? reason, int requests, int max, int maxPerClient, int waiting);
    }
}
