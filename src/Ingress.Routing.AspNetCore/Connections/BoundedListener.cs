using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>A listener that accepts no more connections than there is room for, and leaves none behind when it is closed.</summary>
/// <param name="sockets">Kestrel's listener.</param>
/// <param name="socket">Its socket; null when it has another one.</param>
/// <param name="clients">The connections of all listeners.</param>
/// <param name="share">Its own.</param>
internal sealed class BoundedListener(IConnectionListener sockets, Socket? socket, ClientConnections clients, ListenerShare share) : IConnectionListener
{
    private static readonly TimeSpan s_longestQueue = TimeSpan.FromSeconds(1);

    private int _isClosed;

    public EndPoint EndPoint => sockets.EndPoint;

    public ListenerShare Share => share;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await sockets.AcceptAsync(cancellationToken) is { } accepted)
        {
            // The one that waits here is the only one beyond the bound: the next is not accepted before.
            if (await clients.AdmitAsync(accepted, share) is { } admitted)
            {
                return admitted;
            }
        }

        return null;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await CloseAsync();

        // Not awaited: requests in flight may take longer than the server is given to stop.
        _ = clients.CloseIdleAsync(share);
    }

    public async ValueTask DisposeAsync()
    {
        await sockets.DisposeAsync();
        clients.RemoveListener(this);
    }

    /// <summary>Accepts nothing more. Doing so again has no effect.</summary>
    /// <remarks>
    /// A client whose connection waits in the queue of the system has been told that it is open, and may have sent its request. Closing the
    /// socket would reset it, so the queue is emptied before.
    /// </remarks>
    public async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        var until = Environment.TickCount64 + (long)s_longestQueue.TotalMilliseconds;
        while (HasWaiting() && Environment.TickCount64 < until)
        {
            await Task.Delay(1);
        }

        await sockets.UnbindAsync();
    }

    private bool HasWaiting()
    {
        try
        {
            return socket is not null && socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
