using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.DataPlane.Changes;

/// <summary>A backend that dies and comes back on the same port, and resets connections in the middle of a response now and then.</summary>
internal sealed class FaultyBackend : IDisposable
{
    private const int ResetEach = 50;

    private static readonly byte[] s_answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray();

    private readonly Lock _gate = new();
    private readonly List<Socket> _connections = [];
    private Socket? _listener;
    private int _answers;

    public FaultyBackend()
    {
        _listener = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
    }

    public int Port { get; }

    /// <summary>Whether some responses break off, and not only connections.</summary>
    public bool ResetsResponses { get; init; } = true;

    /// <summary>Ends all connections with a reset, and refuses new ones.</summary>
    public void Die()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
            _connections.ForEach(Reset);
            _connections.Clear();
        }
    }

    /// <summary>Takes connections again.</summary>
    public void ComeBack()
    {
        lock (_gate)
        {
            _listener ??= Listen(Port);
        }
    }

    public void Dispose() => Die();

    private static void Reset(Socket connection)
    {
        connection.LingerState = new(true, 0);
        connection.Dispose();
    }

    private Socket Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(512);
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptAsync();
                lock (_gate)
                {
                    _connections.Add(connection);
                }

                _ = ServeAsync(connection);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has died.
        }
    }

    // Requests without a body, one at a time.
    private async Task ServeAsync(Socket connection)
    {
        var buffer = new byte[16 * 1024];
        var length = 0;
        try
        {
            while (await connection.ReceiveAsync(buffer.AsMemory(length)) is > 0 and var count)
            {
                length += count;
                if (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                {
                    continue;
                }

                length = 0;
                var isReset = ResetsResponses && Interlocked.Increment(ref _answers) % ResetEach == 0;
                await connection.SendAsync(s_answer.AsMemory(0, isReset ? s_answer.Length - 2 : s_answer.Length));
                if (isReset)
                {
                    Reset(connection);
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The gateway has closed it, or this side has died.
        }

        lock (_gate)
        {
            _connections.Remove(connection);
        }

        connection.Dispose();
    }
}
