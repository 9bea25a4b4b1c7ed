using System.Buffers.Binary;
using System.Net.Sockets;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>A backend over HTTP/2 without TLS that does with each stream what the test says.</summary>
internal sealed class RawHttp2Backend : IAsyncDisposable
{
    public const int NoError = 0;
    public const int InternalError = 2;
    public const int RefusedStream = 7;
    public const int EnhanceYourCalm = 11;

    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const int PrefaceLength = 24;

    private readonly RawListener _listener;
    private readonly Func<Stream2, int, Task> _answer;
    private int _streams;

    /// <param name="answer">Takes over once the headers of a stream have arrived, and is told how many streams there were before, over all connections.</param>
    public RawHttp2Backend(Func<Stream2, int, Task> answer)
    {
        _answer = answer;
        _listener = new RawListener(ServeAsync);
    }

    public int Port => _listener.Port;

    public int Streams => Volatile.Read(ref _streams);

    public int Connections => _listener.Connections;

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient client)
    {
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[PrefaceLength]);
        await stream.WriteAsync(Frame(Settings, 0, 0, []));
        while (true)
        {
            var header = new byte[9];
            await stream.ReadExactlyAsync(header);
            var content = new byte[BinaryPrimitives.ReadUInt32BigEndian(header) >> 8];
            await stream.ReadExactlyAsync(content);
            var id = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5));
            switch (header[3])
            {
                case Settings when (header[4] & 1) == 0:
                    await stream.WriteAsync(Frame(Settings, 1, 0, []));
                    break;
                case Ping when (header[4] & 1) == 0:
                    await stream.WriteAsync(Frame(Ping, 1, 0, content));
                    break;
                case Headers:
                    await _answer(new(client, id), Interlocked.Increment(ref _streams) - 1);
                    break;
            }
        }
    }

    private static byte[] Frame(byte type, byte flags, int streamId, byte[] content)
        => [(byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, type, flags, .. Int(streamId), .. content];

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>One stream, and the connection that it is on.</summary>
    public sealed class Stream2(TcpClient client, int id)
    {
        public int Id => id;

        /// <summary>An empty 200.</summary>
        public Task OkAsync() => WriteAsync(Frame(Headers, 4 | 1, id, [0x88]));

        /// <summary>The head of a 200, and a byte of its body.</summary>
        public async Task BeginAsync()
        {
            await WriteAsync(Frame(Headers, 4, id, [0x88]));
            await WriteAsync(Frame(Data, 0, id, [(byte)'x']));
        }

        public Task ResetAsync(int error) => WriteAsync(Frame(Reset, 0, id, Int(error)));

        /// <summary>Says that nothing is done with streams above one.</summary>
        public Task GoAwayAsync(int lastStream, int error) => WriteAsync(Frame(GoAway, 0, 0, [.. Int(lastStream), .. Int(error)]));

        /// <summary>Bytes that are no frame.</summary>
        public Task GarbageAsync() => WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        public void Close() => client.Close();

        public void Abort() => client.Client.Close(timeout: 0);

        private Task WriteAsync(byte[] bytes) => client.GetStream().WriteAsync(bytes).AsTask();
    }
}
