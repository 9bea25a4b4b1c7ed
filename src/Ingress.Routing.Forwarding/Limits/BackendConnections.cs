using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Ingress.Routing.AspNetCore;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>The connections to backends, bounded by the <see cref="ConnectionBudget"/> of the server.</summary>
/// <remarks>
/// HttpClient keeps connections for the next request to the same address, and has no bound over all addresses. When there is no room, those to
/// an address that no request is being sent to make some; otherwise a new one waits for a second.
/// </remarks>
internal sealed class BackendConnections(ConnectionBudget budget)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();

    // Read without the gate: every request looks its address up.
    private readonly ConcurrentDictionary<string, BackendAddress> _byPrefix = new(StringComparer.Ordinal);
    private readonly Dictionary<DnsEndPoint, BackendAddress> _byEndPoint = [];
    private TaskCompletionSource? _left;

    /// <summary>How many connections there may be.</summary>
    public int Max => budget.MaxBackendConnections;

    /// <summary>Notes that a request is being sent to an address; <see cref="RequestEnds"/> has to follow.</summary>
    /// <param name="request">The request. That it was being sent to another address before counts no longer.</param>
    /// <param name="prefix">The address, as YARP has it.</param>
    public void RequestBegins(ForwardedRequest request, string prefix)
    {
        RequestEnds(request);
        BackendAddress? address;
        while (!_byPrefix.TryGetValue(prefix, out address) || !address.TryBegin())
        {
            Know(prefix);
        }

        request.Address = address;
    }

    public void RequestEnds(ForwardedRequest request)
    {
        var address = request.Address;
        request.Address = null;
        if (address?.End() == true)
        {
            lock (_gate)
            {
                Forget(address);
            }
        }
    }

    /// <summary>Opens a connection, as HttpClient does it, when there is room for it.</summary>
    /// <exception cref="BackendConnectionsExhaustedException">There was no room for a second.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        await WaitForRoomAsync(cancellationToken);
        Socket? socket = null;
        try
        {
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(Resolved(context.DnsEndPoint), cancellationToken);
            return Add(socket, context.DnsEndPoint);
        }
        catch
        {
            socket?.Dispose();
            Leave();
            throw;
        }
    }

    public void Remove(BackendConnection connection)
    {
        lock (_gate)
        {
            connection.Address.Remove(connection);
            Forget(connection.Address);
        }

        Leave();
    }

    // An address needs no resolver, which opens files and sockets of its own.
    private static EndPoint Resolved(DnsEndPoint endPoint)
        => IPAddress.TryParse(endPoint.Host, out var address) ? new IPEndPoint(address, endPoint.Port) : endPoint;

    private BackendConnection Add(Socket socket, DnsEndPoint endPoint)
    {
        lock (_gate)
        {
            var connection = new BackendConnection(socket, AddressOf(endPoint), this);
            connection.Address.Add(connection);
            return connection;
        }
    }

    private async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        var giveUpAt = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (true)
        {
            Task left;
            lock (_gate)
            {
                // Before trying, or a connection that leaves meanwhile would be missed.
                left = (_left ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (budget.TryAddBackendConnection())
            {
                return;
            }

            if (FindIdle() is { } idle)
            {
                await idle.DisposeAsync();
                continue;
            }

            var rest = giveUpAt - Environment.TickCount64;
            if (rest <= 0)
            {
                throw new BackendConnectionsExhaustedException();
            }

            await Task.WhenAny(left, Task.Delay(TimeSpan.FromMilliseconds(rest), cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // One of the address that has been without requests for longest.
    private BackendConnection? FindIdle()
    {
        lock (_gate)
        {
            return _byEndPoint.Values
                .Where(static address => address.IsIdle && address.Connections.Count > 0)
                .MinBy(static address => address.IdleSince)
                ?.Connections.First();
        }
    }

    private BackendAddress AddressOf(DnsEndPoint endPoint)
    {
        if (!_byEndPoint.TryGetValue(endPoint, out var address))
        {
            address = new BackendAddress(endPoint);
            _byEndPoint.Add(endPoint, address);
        }

        return address;
    }

    private void Know(string prefix)
    {
        lock (_gate)
        {
            if (!_byPrefix.ContainsKey(prefix))
            {
                var uri = new Uri(prefix);
                var address = AddressOf(new DnsEndPoint(uri.IdnHost, uri.Port));
                address.Prefixes.Add(prefix);
                _byPrefix[prefix] = address;
            }
        }
    }

    // With the gate held, so that nobody finds it any more once it is retired and the gate is free.
    private void Forget(BackendAddress address)
    {
        if (!address.TryRetire())
        {
            return;
        }

        _byEndPoint.Remove(address.EndPoint);
        foreach (var prefix in address.Prefixes)
        {
            _byPrefix.TryRemove(prefix, out _);
        }
    }

    private void Leave()
    {
        budget.RemoveBackendConnection();
        TaskCompletionSource? left;
        lock (_gate)
        {
            left = _left;
            _left = null;
        }

        left?.SetResult();
    }
}
