using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>One request over HTTP/2 with exactly the headers that the test says, whether they are allowed or not.</summary>
internal static class RawHttp2
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    /// <summary>What became of the stream.</summary>
    /// <param name="Status">The status; null when there was none.</param>
    /// <param name="WasReset">Whether the stream or the connection was broken off.</param>
    /// <param name="Fields">The bytes of all headers and trailers, one character each.</param>
    public sealed record Answer(int? Status, bool WasReset, string Fields);

    public static (string Name, string Value)[] Request(string method = "GET", string path = "/", string scheme = "http", string authority = "shop.test")
        => [(":method", method), (":path", path), (":scheme", scheme), (":authority", authority)];

    /// <summary>Sends one request without a body, and reads until its stream ends.</summary>
    public static async Task<Answer> SendAsync(int port, params (string Name, string Value)[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        var end = headers.Any(static header => header.Name == ":protocol") ? 0 : EndStream;
        byte[] block = [.. headers.SelectMany(static header => Literal(header.Name, header.Value))];
        await stream.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, []), .. Frame(Headers, EndHeaders | end, 1, block)]);

        int? status = null;
        var fields = new StringBuilder();
        while (true)
        {
            var (type, flags, content) = await ReadFrameAsync(stream).InTime();
            switch (type)
            {
                case Headers:
                    status ??= StatusOf(content);
                    fields.Append(Encoding.Latin1.GetString(content));
                    break;

                case Settings when (flags & 1) == 0:
                    await stream.WriteAsync(Frame(Settings, 1, 0, []));
                    continue; // its flags mean something else

                case Reset or GoAway:
                    return new(status, true, fields.ToString());
            }

            if (type is Data or Headers && (flags & EndStream) != 0)
            {
                return new(status, false, fields.ToString());
            }
        }
    }

    // RFC 7541: the whole of a known field, or a new value for the name of field 8, not Huffman coded.
    private static int StatusOf(byte[] block) => block switch
    {
        [>= 0x88 and <= 0x8E, ..] => ((int[])[200, 204, 206, 304, 400, 404, 500])[block[0] - 0x88],
        [0x48, 3, ..] => int.Parse(Encoding.ASCII.GetString(block, 2, 3), CultureInfo.InvariantCulture),
        _ => throw new InvalidDataException($"No status at the start of {Convert.ToHexString(block)}."),
    };

    private static IEnumerable<byte> Literal(string name, string value)
        => [0, (byte)name.Length, .. Encoding.Latin1.GetBytes(name), (byte)value.Length, .. Encoding.Latin1.GetBytes(value)];

    private static byte[] Frame(byte type, int flags, byte streamId, byte[] content)
        => [(byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, type, (byte)flags, 0, 0, 0, streamId, .. content];

    private static async Task<(byte Type, byte Flags, byte[] Content)> ReadFrameAsync(NetworkStream stream)
    {
        var header = new byte[9];
        await stream.ReadExactlyAsync(header);
        var content = new byte[BinaryPrimitives.ReadUInt32BigEndian(header) >> 8];
        await stream.ReadExactlyAsync(content);
        return (header[3], header[4], content);
    }
}
