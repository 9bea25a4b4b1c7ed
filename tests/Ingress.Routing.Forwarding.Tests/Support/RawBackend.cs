using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A backend that sees the bytes of requests, and does with the connection what the test says.</summary>
internal sealed class RawBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private readonly Func<RawConnection, Task> _answer;

    /// <param name="answer">Takes over once the head of a request has arrived; the connection is closed afterwards.</param>
    public RawBackend(Func<RawConnection, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The heads of the requests so far, in the order of arrival.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>A backend that answers every request with an empty 200.</summary>
    public static RawBackend Answering()
        => new(connection => connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

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
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var connection = new RawConnection(client);
                _requests.Enqueue(await connection.ReadHeadAsync());
                await _answer(connection);
            }
            catch (Exception broken) when (broken is IOException or ObjectDisposedException or SocketException)
            {
            }
        }
    }
}
