using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>A TLS 1.2 ClientHello by hand, for server names that no client library sends.</summary>
internal static class RawClientHello
{
    /// <summary>Sends the hello and returns what the server answers, up to its ServerHelloDone or the end of the stream.</summary>
    public static async Task<byte[]> SendAsync(int port, string serverName)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Create(serverName), timeout.Token);

        using var received = new MemoryStream();
        var buffer = new byte[4096];
        int count;
        while ((count = await stream.ReadAsync(buffer, timeout.Token)) > 0)
        {
            received.Write(buffer, 0, count);

            // ServerHelloDone: type 14, length 0, and nothing behind it.
            if (received.ToArray() is [.., 14, 0, 0, 0])
            {
                break;
            }
        }

        return received.ToArray();
    }

    private static byte[] Create(string serverName)
    {
        var name = Encoding.ASCII.GetBytes(serverName);
        byte[] extensions =
        [
            .. Extension(0, WithLength16([0, .. WithLength16(name)])),
            .. Extension(10, WithLength16([0, 0x17])),
            .. Extension(11, [1, 0]),
            .. Extension(13, WithLength16([4, 3, 8, 4, 4, 1])),
        ];
        byte[] body =
        [
            3, 3,
            .. new byte[32],
            0,
            .. WithLength16([0xC0, 0x2B, 0xC0, 0x2F, 0xC0, 0x2C, 0xC0, 0x30]),
            1, 0,
            .. WithLength16(extensions),
        ];
        return [22, 3, 1, .. WithLength16([1, 0, .. WithLength16(body)])];
    }

    private static byte[] Extension(byte type, byte[] content) => [0, type, .. WithLength16(content)];

    private static byte[] WithLength16(byte[] content)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)content.Length);
        return [.. length, .. content];
    }
}
