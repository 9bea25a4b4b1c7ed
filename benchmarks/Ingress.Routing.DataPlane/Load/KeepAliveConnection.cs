using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.DataPlane.Load;

/// <summary>One HTTP/1.1 connection that is kept, and waits in the kernel: the client must take less than what it measures.</summary>
internal sealed class KeepAliveConnection(int port) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Socket? _socket;

    /// <summary>Sends a request without a body and reads its answer to its end.</summary>
    /// <param name="request">The whole request, as it goes over the wire.</param>
    /// <returns>The status; 0 when there was no answer, after which the next request goes over another connection.</returns>
    public int Send(ReadOnlySpan<byte> request)
    {
        try
        {
            _socket ??= Connect(port);
            _socket.Send(request);
            var status = ReadAnswer(_socket, out var isKept);
            if (!isKept)
            {
                Dispose();
            }

            return status;
        }
        catch (SocketException)
        {
            Dispose();
            return 0;
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private int ReadAnswer(Socket socket, out bool isKept)
    {
        isKept = false;
        var length = 0;
        int end;
        while ((end = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var count = socket.Receive(_buffer.AsSpan(length));
            if (count == 0)
            {
                return 0;
            }

            length += count;
        }

        var head = _buffer.AsSpan(0, end + 2);
        if (!Utf8Parser.TryParse(head[9..12], out int status, out _))
        {
            return 0;
        }

        isKept = Find(head, "connection: "u8) is not [(byte)'c' or (byte)'C', ..];
        var rest = length - end - 4;
        if (Utf8Parser.TryParse(Find(head, "content-length: "u8), out int bodyLength, out _))
        {
            return SkipTo(socket, rest, bodyLength) ? status : 0;
        }

        return SkipChunks(socket, end + 4, rest) ? status : 0;
    }

    private bool SkipTo(Socket socket, int received, int wanted)
    {
        while (received < wanted)
        {
            var count = socket.Receive(_buffer);
            if (count == 0)
            {
                return false;
            }

            received += count;
        }

        return received == wanted;
    }

    // Small answers only: the last chunk ends what is received.
    private bool SkipChunks(Socket socket, int start, int received)
    {
        while (!_buffer.AsSpan(start, received).EndsWith("0\r\n\r\n"u8))
        {
            var count = start + received < _buffer.Length ? socket.Receive(_buffer.AsSpan(start + received)) : 0;
            if (count == 0)
            {
                return false;
            }

            received += count;
        }

        return true;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (head.IndexOf("\r\n"u8) is > 0 and var end)
        {
            var line = head[..end];
            if (line.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[name.Length..];
            }

            head = head[(end + 2)..];
        }

        return default;
    }
}
