using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.AspNetCore.Tests.Limits;

/// <summary>A client over HTTP/2 that keeps to no rule.</summary>
internal sealed class FloodingClient : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte Continuation = 9;
    public const int EndStream = 1;
    public const int EndHeaders = 4;

    private readonly TcpClient _client = new() { NoDelay = true };

    // Taken once: a client whose server has gone gives none.
    public NetworkStream Stream { get; private set; } = null!;

    /// <summary>Connects, and sends the preface and settings.</summary>
    public static async Task<FloodingClient> ConnectAsync(IPEndPoint server, params byte[] settings)
    {
        var client = new FloodingClient();
        await client._client.ConnectAsync(server);
        client.Stream = client._client.GetStream();
        await client.Stream.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, settings)]);
        return client;
    }

    public static byte[] Frame(byte type, int flags, int stream, ReadOnlySpan<byte> content)
    {
        var frame = new byte[9 + content.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, ((uint)content.Length << 8) | type);
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        content.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>A whole GET.</summary>
    public static byte[] Get(int stream, string path, int flags = EndHeaders | EndStream) => Frame(Headers, flags, stream, HeadersOf(path));

    /// <summary>The headers of a GET, none of them in the table of known ones but by name.</summary>
    public static byte[] HeadersOf(string path) => [0x82, 0x86, 0x04, (byte)path.Length, .. Encoding.ASCII.GetBytes(path), 0x01, 6, .. "h.test"u8];

    /// <summary>Writes one thing again and again until the server takes no more, or for as long as said.</summary>
    /// <returns>How many bytes it took, and whether it has closed the connection.</returns>
    public async Task<(long Bytes, bool IsClosed)> FloodAsync(Func<int, byte[]> next, TimeSpan time)
    {
        using var deadline = new CancellationTokenSource(time);
        var bytes = 0L;
        try
        {
            for (var i = 0; !deadline.IsCancellationRequested; i++)
            {
                var chunk = next(i);
                await Stream.WriteAsync(chunk, deadline.Token);
                bytes += chunk.Length;
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (IOException)
        {
            return (bytes, true);
        }

        return (bytes, false);
    }

    /// <summary>Reads frames until the server ends the connection.</summary>
    /// <param name="see">Sees the frames: type, flags, stream and content.</param>
    public async Task ReadToEndAsync(Action<byte, byte, int, byte[]> see, CancellationToken cancellationToken)
    {
        var header = new byte[9];
        try
        {
            while (true)
            {
                await Stream.ReadExactlyAsync(header, cancellationToken);
                var content = new byte[BinaryPrimitives.ReadUInt32BigEndian(header) >> 8];
                await Stream.ReadExactlyAsync(content, cancellationToken);
                see(header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), content);
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
        }
    }

    public void Dispose() => _client.Dispose();
}
