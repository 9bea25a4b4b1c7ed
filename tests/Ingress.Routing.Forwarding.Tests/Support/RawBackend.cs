using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A backend that sees the bytes of requests, and does with the connection what the test says.</summary>
internal sealed class RawBackend : IAsyncDisposable
{
    private readonly RawListener _listener;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<RawConnection, Task> _answer;

    /// <param name="answer">Takes over once the head of a request has arrived; the connection is closed afterwards.</param>
    public RawBackend(Func<RawConnection, Task> answer)
    {
        _answer = answer;
        _listener = new RawListener(ServeAsync);
    }

    public int Port => _listener.Port;

    /// <summary>The heads of the requests so far, in the order of arrival.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>A backend that answers every request with an empty 200.</summary>
    public static RawBackend Answering()
        => new(connection => connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient client)
    {
        var connection = new RawConnection(client);
        _requests.Enqueue(await connection.ReadHeadAsync());
        await _answer(connection);
    }
}
