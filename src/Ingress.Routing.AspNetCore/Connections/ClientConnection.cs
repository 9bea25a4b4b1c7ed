using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>A connection of a client, and what is known about how much it is needed.</summary>
internal sealed class ClientConnection : ConnectionContext
{
    private readonly ConnectionContext _connection;
    private readonly ClientConnections _owner;
    private volatile IConnectionLifetimeNotificationFeature? _lifetime;
    private int _requests;
    private long _idleSince = Environment.TickCount64;
    private int _closing;

    public ClientConnection(ConnectionContext connection, ListenerShare share, ClientConnections owner)
    {
        _connection = connection;
        _owner = owner;
        Share = share;
        connection.Features.Set(this);
    }

    /// <summary>The listener it came through.</summary>
    public ListenerShare Share { get; }

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

    public void RequestBegins(IConnectionLifetimeNotificationFeature? lifetime)
    {
        // That of the endpoint which speaks HTTP; a connection that was handed over has another one of its own.
        _lifetime ??= lifetime;
        Interlocked.Increment(ref _requests);
    }

    public void RequestEnds()
    {
        Volatile.Write(ref _idleSince, Environment.TickCount64);
        Interlocked.Decrement(ref _requests);
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
}
