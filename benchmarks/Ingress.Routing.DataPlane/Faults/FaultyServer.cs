using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.DataPlane.Faults;

/// <summary>A backend over HTTP/1.1 that does one thing wrong with the requests that it gets, or nothing.</summary>
/// <remarks>It takes requests without a body alone.</remarks>
internal sealed class FaultyServer : IDisposable
{
    private static readonly byte[] s_ok = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<Socket, int, Task<bool>> _answer;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Socket, byte> _connections = new();
    private int _requests;

    /// <param name="answer">Answers a request, and is told which one of its connection it is, from 0. The connection is closed when it returns false.</param>
    /// <param name="listens">Whether it takes connections; otherwise they are refused.</param>
    public FaultyServer(Func<Socket, int, Task<bool>> answer, bool listens = true)
    {
        _answer = answer;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (listens)
        {
            _listener.Listen(1024);
            _ = AcceptAsync();
        }
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How many requests it got.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public CancellationToken End => _end.Token;

    public static async Task<bool> OkAsync(Socket socket)
    {
        await socket.SendAsync(s_ok);
        return true;
    }

    /// <summary>Ends as a process does that is killed: connections are reset, and new ones refused.</summary>
    public void Die()
    {
        _listener.Dispose();
        foreach (var connection in _connections.Keys)
        {
            connection.Close(timeout: 0);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptAsync(_end.Token));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            _connections[socket] = 0;
            var buffer = new byte[16 * 1024];
            var length = 0;
            try
            {
                for (var ordinal = 0; ;)
                {
                    var count = await socket.ReceiveAsync(buffer.AsMemory(length), _end.Token);
                    if (count == 0)
                    {
                        return;
                    }

                    length += count;
                    if (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                    {
                        continue;
                    }

                    length = 0;
                    Interlocked.Increment(ref _requests);
                    if (!await _answer(socket, ordinal++))
                    {
                        return;
                    }
                }
            }
            catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
            {
            }
            finally
            {
                _connections.TryRemove(socket, out _);
            }
        }
    }
}
