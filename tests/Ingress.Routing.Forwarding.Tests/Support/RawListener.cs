using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>Accepts connections on a port of loopback for backends that are written byte by byte.</summary>
internal sealed class RawListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private readonly Func<TcpClient, Task> _serve;

    /// <param name="serve">Serves a connection, which is closed afterwards. That the other side has closed it is no failure.</param>
    public RawListener(Func<TcpClient, Task> serve)
    {
        _serve = serve;
        _listener.Start(512);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => _connections.Count;

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _connections.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _serve(client);
            }
            catch (Exception broken) when (broken is IOException or SocketException or InvalidOperationException)
            {
                // A client without a connection gives no stream.
            }
        }
    }
}
