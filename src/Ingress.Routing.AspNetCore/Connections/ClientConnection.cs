using System.IO.Pipelines;
using System.Net;
using Ingress.Routing.AspNetCore.Limits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>A connection of a client, and what is known about how much it is needed.</summary>
internal sealed class ClientConnection : ConnectionContext
{
    private static readonly Func<object, Task> s_responseStarts = static state => ((ClientConnection)state).ResponseStarts();

    private readonly ConnectionContext _connection;
    private readonly ClientConnections _owner;
    private volatile IConnectionLifetimeNotificationFeature? _lifetime;
    private readonly ClientCount? _client;
    private RequestSlot? _spare;
    private List<ClientBody>? _bodies;
    private ResetCount? _resets;
    private HttpContext? _only; // the request that is being answered, where there can only be one at a time
    private int _requests;
    private long _idleSince = Environment.TickCount64;
    private int _closing;

    public ClientConnection(ConnectionContext connection, ListenerShare share, ClientConnections owner)
    {
        _connection = connection;
        _owner = owner;
        Share = share;
        _client = connection.RemoteEndPoint is IPEndPoint { Address: var address } ? owner.Clients.Hold(ClientKey.OfAddress(address)) : null;
        connection.Features.Set(this);
    }

    /// <summary>The listener it came through.</summary>
    public ListenerShare Share { get; }

    /// <summary>Who is at its other end; null when that is unknown.</summary>
    public ClientCount? Client => _client;

    /// <summary>Whether no request is being answered, and its closing has not begun.</summary>
    public bool IsIdle => IsUnused && Volatile.Read(ref _closing) == 0;

    /// <summary>Whether no request is being answered.</summary>
    public bool IsUnused => Volatile.Read(ref _requests) == 0;

    /// <summary>Since when it has been idle, in milliseconds of the system clock.</summary>
    public long IdleSince => Volatile.Read(ref _idleSince);

    public override string ConnectionId { get => _connection.ConnectionId; set => _connection.ConnectionId = value; }

    public override IFeatureCollection Features => _connection.Features;

    public override IDictionary<object, object?> Items { get => _connection.Items; set => _connection.Items = value; }

    public override IDuplexPipe Transport { get => _connection.Transport; set => _connection.Transport = value; }

    public override EndPoint? LocalEndPoint { get => _connection.LocalEndPoint; set => _connection.LocalEndPoint = value; }

    public override EndPoint? RemoteEndPoint { get => _connection.RemoteEndPoint; set => _connection.RemoteEndPoint = value; }

    public override CancellationToken ConnectionClosed { get => _connection.ConnectionClosed; set => _connection.ConnectionClosed = value; }

    /// <summary>Notes that a request is being answered, to be followed by <see cref="RequestEnds"/>.</summary>
    /// <returns>What the request holds from now on.</returns>
    public RequestSlot RequestBegins(HttpContext context)
    {
        // That of the endpoint which speaks HTTP; a connection that was handed over has another one of its own.
        _lifetime ??= context.Features.Get<IConnectionLifetimeNotificationFeature>();
        Interlocked.Increment(ref _requests);
        if (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol))
        {
            _only = context;
            context.Response.OnStarting(s_responseStarts, this);
        }
        else
        {
            _resets ??= new();
            if (IsToLeave)
            {
                _lifetime?.RequestClose();
            }
        }

        // One for all requests, where they come one after the other.
        return Interlocked.Exchange(ref _spare, null) ?? new();
    }

    /// <returns>Whether the client takes back too many of its requests, and the connection was ended.</returns>
    public bool RequestEnds(HttpContext context, RequestSlot slot)
    {
        if (slot.Body is { } body)
        {
            lock (_bodies!)
            {
                _bodies.Remove(body);
            }
        }

        slot.Leave();
        _spare = slot;
        Volatile.Write(ref _idleSince, Environment.TickCount64);
        Interlocked.Decrement(ref _requests);
        if (_resets?.IsTooMuch(context.RequestAborted.IsCancellationRequested) != true)
        {
            return false;
        }

        Abort(new ConnectionAbortedException("The client takes back most of its requests."));
        return true;
    }

    /// <summary>Watches a body until its request ends.</summary>
    public void Watch(ClientBody body)
    {
        var bodies = _bodies ?? Interlocked.CompareExchange(ref _bodies, [], null) ?? _bodies;
        lock (bodies)
        {
            bodies.Add(body);
        }
    }

    /// <summary>Ends the bodies that come too slowly.</summary>
    /// <returns>How many that were.</returns>
    public int EndSlowBodies(long now)
    {
        if (_bodies is not { } bodies)
        {
            return 0;
        }

        var ended = 0;
        lock (bodies)
        {
            foreach (var body in bodies)
            {
                ended += body.EndIfTooSlow(now) ? 1 : 0;
            }
        }

        return ended;
    }

    /// <summary>Tells a client with several requests on a connection to use another one. Those that it has sent are answered.</summary>
    /// <remarks>
    /// Kestrel sends GOAWAY without a last stream as long as one is open, and closes when none is. A client without any is told at its next
    /// request, and one with HTTP/1.1 by the answer, so that nothing is closed under a request that is on its way.
    /// </remarks>
    public void AskToLeave()
    {
        if (_only is null && !IsUnused)
        {
            _lifetime?.RequestClose();
        }
    }

    /// <summary>Closes it because the server stops: as between two requests if there was one before, at once otherwise.</summary>
    /// <param name="isLate">Whether that was asked for already.</param>
    public void Leave(bool isLate)
    {
        if (!isLate && _lifetime is { } lifetime)
        {
            lifetime.RequestClose();
            return;
        }

        Abort(new ConnectionAbortedException("The server is stopping."));
    }

    /// <summary>Closes it to make room: as between two requests if there was one before, at once otherwise.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0 && _lifetime is { } lifetime)
        {
            lifetime.RequestClose();
            return;
        }

        Abort(new ConnectionAbortedException("The connection was idle, and there was no room for another one."));
    }

    private bool IsToLeave => _owner.IsLeaving && !Share.OutlivesDrain;

    public override void Abort(ConnectionAbortedException abortReason) => _connection.Abort(abortReason);

    public override void Abort() => _connection.Abort();

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.DisposeAsync();
            await base.DisposeAsync();
        }
        finally
        {
            _owner.Remove(this);
        }
    }

    // The last moment at which the headers can be changed. An upgraded connection has no next request.
    private Task ResponseStarts()
    {
        if (IsToLeave && _only is { Response: { StatusCode: not StatusCodes.Status101SwitchingProtocols } response })
        {
            response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
    }
}
