using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.DataPlane.Servers;

/// <summary>Answers every request with the same 200. A thread for each connection, which waits in the kernel: nothing on .NET takes less.</summary>
/// <remarks>It takes requests without a body alone, and one at a time on each connection.</remarks>
internal static class FixedBackend
{
    private const int BodyLength = 512;

    private static readonly byte[] s_answer =
    [
        .. "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-cache\r\nETag: \"5d8c72a5\"\r\nContent-Length: 512\r\n\r\n"u8,
        .. Enumerable.Repeat((byte)'x', BodyLength),
    ];

    public static void Start(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(1024);
        new Thread(() =>
        {
            while (true)
            {
                var connection = listener.Accept();
                new Thread(() => Serve(connection), maxStackSize: 128 * 1024) { IsBackground = true }.Start();
            }
        })
        { IsBackground = true }.Start();
    }

    private static void Serve(Socket connection)
    {
        using (connection)
        {
            connection.NoDelay = true;
            var buffer = new byte[16 * 1024];
            var length = 0;
            try
            {
                while (connection.Receive(buffer.AsSpan(length)) is > 0 and var count)
                {
                    length += count;
                    if (buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                    {
                        length = 0;
                        connection.Send(s_answer);
                    }
                }
            }
            catch (SocketException)
            {
                // The proxy is gone.
            }
        }
    }
}
