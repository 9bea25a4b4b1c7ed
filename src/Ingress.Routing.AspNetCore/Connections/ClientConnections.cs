using Ingress.Routing.AspNetCore.Limits;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>The connections of clients. When they are too many, the idlest make room for new ones.</summary>
/// <remarks>
/// Idle is a connection on which no request is being answered: between two requests, in a handshake, or before a request is complete. When all
/// are busy, a new one waits for a second and is closed then. Every listener keeps a connection or two, so that a flood at one
/// does not silence another.
/// </remarks>
internal sealed partial class ClientConnections(
    ConnectionBudget budget, ConnectionDrain drain, ClientCounts clients, ConnectionMetrics metrics, ILogger<ClientConnections> logger)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);

    // A client that is about to send its next request does so within this time, unless it is far away or slow.
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_lastWait = TimeSpan.FromSeconds(1);
    private const long MillisecondsPerReport = 10_000;

    private readonly Lock _gate = new();
    private readonly HashSet<ClientConnection> _open = [];
    private readonly List<BoundedListener> _listeners = [];

    // Looking for the idlest goes through all connections, so each look finds some more for the next time.
    private readonly Queue<(ClientConnection Connection, long IdleSince)> _idlest = new();
    private TaskCompletionSource? _left;
    private long _closed;
    private long _refused;
    private long _reportedAt = -MillisecondsPerReport;

    /// <summary>Takes a connection in, perhaps in the place of an idle one.</summary>
    /// <returns>The connection to serve; null when there was no room, and it has been closed.</returns>
    public async ValueTask<ClientConnection?> AdmitAsync(ConnectionContext accepted, ListenerShare share)
    {
        var refuseAt = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        ClientConnection? victim = null;
        budget.AddClient();
        while (true)
        {
            Task left;
            bool isNewVictim;
            lock (_gate)
            {
                if (HasRoom(share))
                {
                    return Add(accepted, share);
                }

                isNewVictim = victim is null || !_open.Contains(victim);
                victim = isNewVictim ? FindIdlest(share) : victim;
                left = (_left ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (victim is not null)
            {
                // The second time it is not asked any more.
                victim.Close();
                if (isNewVictim)
                {
                    metrics.Closed(ConnectionMetrics.Idle);
                    Report(Interlocked.Increment(ref _closed), Volatile.Read(ref _refused));
                }
            }
            else if (Environment.TickCount64 >= refuseAt)
            {
                await RefuseAsync(accepted);
                return null;
            }

            await Task.WhenAny(left, Task.Delay(s_grace));
        }
    }

    /// <summary>Closes what is idle, once a listener accepts nothing more, until all its connections are closed.</summary>
    /// <remarks>
    /// Kestrel closes those between two requests, but waits for the rest of one that has begun to arrive, for as long as it may take. It gets
    /// <see cref="s_rest"/> here.
    /// </remarks>
    public async Task CloseIdleAsync(ListenerShare share)
    {
        while (true)
        {
            await Task.Delay(s_rest);
            ClientConnection[] idle;
            lock (_gate)
            {
                if (share.Open == 0)
                {
                    return;
                }

                var before = Environment.TickCount64 - (long)s_rest.TotalMilliseconds;
                idle = [.. _open.Where(connection => connection.Share == share && connection.IsUnused && connection.IdleSince <= before)];
            }

            foreach (var connection in idle)
            {
                connection.Abort(new ConnectionAbortedException("The server is stopping."));
            }
        }
    }

    /// <summary>Who the clients are.</summary>
    public ClientCounts Clients => clients;

    /// <summary>Whether answers ask clients to leave.</summary>
    public bool IsLeaving => drain.IsAnnounced;

    /// <summary>Asks the clients that can be told before they send another request.</summary>
    public void AskToLeave()
    {
        foreach (var connection in Leaving())
        {
            connection.AskToLeave();
        }
    }

    /// <summary>Closes the listeners, and waits until every client has left that came through them.</summary>
    /// <param name="timeout">How long that may take; what is open then is cut off.</param>
    /// <param name="cancellationToken">Cuts everything off before.</param>
    /// <remarks>
    /// A connection is closed from this side once nothing has happened on it for <see cref="s_quiet"/>: what a client sends over it just then would be lost,
    /// and most clients would have sent it by then. One on which a request has begun to arrive gets <see cref="s_rest"/> more.
    /// </remarks>
    public async Task DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        BoundedListener[] listeners;
        lock (_gate)
        {
            listeners = [.. _listeners.Where(static listener => !listener.Share.OutlivesDrain)];
        }

        var began = Environment.TickCount64;
        await Task.WhenAll(listeners.Select(static listener => listener.CloseAsync()));
        while (Leaving() is { Length: > 0 } leaving)
        {
            var now = Environment.TickCount64;
            if (now - began >= timeout.TotalMilliseconds || cancellationToken.IsCancellationRequested)
            {
                await CutOffAsync(leaving);
                return;
            }

            foreach (var connection in leaving)
            {
                var quiet = now - Math.Max(began, connection.IdleSince);
                if (connection.IsUnused && quiet >= s_quiet.TotalMilliseconds)
                {
                    connection.Leave(isLate: quiet >= (s_quiet + s_rest).TotalMilliseconds);
                }
            }

            await Task.Delay(s_look, CancellationToken.None);
        }
    }

    /// <summary>Ends the bodies of requests that come too slowly.</summary>
    /// <returns>How many that were.</returns>
    public int EndSlowBodies()
    {
        var now = Environment.TickCount64;
        lock (_gate)
        {
            return _open.Sum(connection => connection.EndSlowBodies(now));
        }
    }

    public void AddListener(BoundedListener listener)
    {
        budget.AddListener();
        lock (_gate)
        {
            _listeners.Add(listener);
        }
    }

    public void RemoveListener(BoundedListener listener)
    {
        budget.RemoveListener();
        lock (_gate)
        {
            _listeners.Remove(listener);
        }
    }

    public void Remove(ClientConnection connection)
    {
        TaskCompletionSource? left;
        lock (_gate)
        {
            if (!_open.Remove(connection))
            {
                return;
            }

            connection.Share.Open--;
            if (connection.Client is { } client)
            {
                clients.Release(client);
            }

            budget.RemoveClient();
            left = _left;
            _left = null;
        }

        left?.SetResult();
    }

    private ClientConnection[] Leaving()
    {
        lock (_gate)
        {
            return [.. _open.Where(static connection => !connection.Share.OutlivesDrain)];
        }
    }

    // Kestrel notices on its own time, and must not take what is left here for connections that it has to wait for.
    private async Task CutOffAsync(ClientConnection[] stubborn)
    {
        foreach (var connection in stubborn)
        {
            connection.Leave(isLate: true);
        }

        var until = Environment.TickCount64 + (long)s_lastWait.TotalMilliseconds;
        while (Leaving().Length > 0 && Environment.TickCount64 < until)
        {
            await Task.Delay(s_look);
        }
    }

    private int KeptByEachListener => budget.IsScarce ? 1 : 2;

    private bool HasRoom(ListenerShare share) => _open.Count < budget.MaxClientConnections || share.Open < KeptByEachListener;

    private ClientConnection Add(ConnectionContext accepted, ListenerShare share)
    {
        var connection = new ClientConnection(accepted, share, this);
        _open.Add(connection);
        share.Open++;
        return connection;
    }

    private ClientConnection? FindIdlest(ListenerShare share)
    {
        while (_idlest.TryDequeue(out var candidate))
        {
            if (_open.Contains(candidate.Connection) && candidate.Connection.IdleSince == candidate.IdleSince && MayClose(candidate.Connection, share))
            {
                return candidate.Connection;
            }
        }

        var idle = _open.Where(connection => MayClose(connection, share)).Select(static connection => (connection, connection.IdleSince)).ToList();
        idle.Sort(static (one, other) => one.IdleSince.CompareTo(other.IdleSince));
        foreach (var candidate in idle.Skip(1).Take(_open.Count / 16))
        {
            _idlest.Enqueue(candidate);
        }

        return idle.FirstOrDefault().connection;
    }

    private bool MayClose(ClientConnection connection, ListenerShare share)
        => connection.IsIdle && (connection.Share == share || connection.Share.Open > KeptByEachListener);

    private async ValueTask RefuseAsync(ConnectionContext accepted)
    {
        metrics.Closed(ConnectionMetrics.Refused);
        Report(Volatile.Read(ref _closed), Interlocked.Increment(ref _refused));
        accepted.Abort(new ConnectionAbortedException("There is no room for another connection."));
        await accepted.DisposeAsync();
        budget.RemoveClient();
    }

    // A flood must not become a flood of log lines.
    private void Report(long closed, long refused)
    {
        var last = Volatile.Read(ref _reportedAt);
        var now = Environment.TickCount64;
        if (now - last >= MillisecondsPerReport && Interlocked.CompareExchange(ref _reportedAt, now, last) == last)
        {
            Log.Full(logger, budget.MaxClientConnections, closed, refused, budget.OpenFileLimit);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "Clients have as many connections as there is room for ({Max}). So far {Closed} idle ones were closed for new ones, and {Refused} new ones refused. "
            + "The limit on open files is {Limit}: raise it (ulimit -n, LimitNOFILE) to serve more.",
            EventName = "ConnectionsFull")]
        public static partial void Full(ILogger logger, int max, long closed, long refused, int? limit);
    }
}
