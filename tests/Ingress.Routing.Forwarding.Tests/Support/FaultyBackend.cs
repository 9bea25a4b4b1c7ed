using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A backend over HTTP/1.1 that keeps its connections, and does with each request what the test says.</summary>
internal sealed class FaultyBackend : IAsyncDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly RawListener _listener;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<RawConnection, int, Task<bool>> _answer;

    /// <param name="answer">
    /// Takes over once the head of a request has arrived, and is told which one of its connection it is, from 0. The connection is closed when it returns false.
    /// </param>
    public FaultyBackend(Func<RawConnection, int, Task<bool>> answer)
    {
        _answer = answer;
        _listener = new RawListener(ServeAsync);
    }

    public int Port => _listener.Port;

    /// <summary>The request lines so far.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public int Connections => _listener.Connections;

    /// <summary>Answers <c>ok</c>.</summary>
    public static async Task<bool> OkAsync(RawConnection connection)
    {
        await connection.WriteAsync(Ok);
        return true;
    }

    /// <summary>Answers the first requests of each connection, and closes it when the next has arrived.</summary>
    public static FaultyBackend ClosingKept(int answered, bool resets) => new(async (connection, ordinal) =>
    {
        if (ordinal < answered)
        {
            return await OkAsync(connection);
        }

        if (resets)
        {
            connection.Reset();
        }

        return false;
    });

    /// <summary>Takes each connection and its request, and answers nothing.</summary>
    public static FaultyBackend Closing(bool resets) => ClosingKept(answered: 0, resets);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient client)
    {
        var connection = new RawConnection(client);
        for (var ordinal = 0; ; ordinal++)
        {
            var head = await connection.ReadHeadAsync();
            _requests.Enqueue(head[..head.IndexOf('\r', StringComparison.Ordinal)]);
            if (!await _answer(connection, ordinal))
            {
                return;
            }
        }
    }
}
