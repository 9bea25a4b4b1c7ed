using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Ingress.Routing.Forwarding.WebSockets;

namespace Ingress.Routing.Forwarding.Tests.WebSockets;

/// <summary>A WebSocket to a backend, of which the test writes and reads the other end.</summary>
public sealed class LeavingWebSocketTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _leave = new();
    private TcpClient _near = null!;
    private TcpClient _far = null!;
    private LeavingWebSocket _socket = null!;
    private WebSocket _backend = null!;

    public async Task InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _near = new TcpClient();
        await _near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        _far = await listener.AcceptTcpClientAsync();
        _socket = new(_near.GetStream(), _leave.Token);
        _backend = WebSocket.CreateFromStream(_far.GetStream(), new WebSocketCreationOptions { IsServer = true });
    }

    public Task DisposeAsync()
    {
        _socket.Dispose();
        _backend.Dispose();
        _near.Dispose();
        _far.Dispose();
        _leave.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Leave_BetweenFrames_TellsTheBackendWhoseAnswerReachesTheClient()
    {
        await _leave.CancelAsync();
        var told = await _backend.ReceiveAsync(new byte[10], CancellationToken.None).InTime();
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (told.MessageType, told.CloseStatus));

        await _socket.WriteAsync(Masked("late")); // nothing follows a Close
        await _backend.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "bye", CancellationToken.None).InTime();

        Assert.Equal((byte[])[0x88, 5, 3, 0xE9, .. "bye"u8], await ReadAsync(7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(200)] // behind a length of two bytes
    public async Task Leave_WithinAFrame_WaitsForItsEnd(int sent)
    {
        var text = new string('x', 300);
        var frame = Masked(text);
        await _socket.WriteAsync(frame.AsMemory(0, sent));
        await _leave.CancelAsync();
        await _socket.WriteAsync((byte[])[.. frame.AsSpan(sent), .. Masked("the next one")]);

        var buffer = new byte[400];
        var count = 0;
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _backend.ReceiveAsync(buffer.AsMemory(count), CancellationToken.None).AsTask().InTime();
            count += received.Count;
        }
        while (!received.EndOfMessage);
        var told = await _backend.ReceiveAsync(new byte[400], CancellationToken.None).InTime();

        Assert.Equal(text, Encoding.ASCII.GetString(buffer, 0, count));
        Assert.Equal(WebSocketMessageType.Close, told.MessageType);
    }

    [Fact]
    public async Task Leave_BackendOnlyEnds_TellsTheClient()
    {
        await _leave.CancelAsync();
        _far.Client.Shutdown(SocketShutdown.Send);

        Assert.Equal([0x88, 2, 3, 0xE9], await ReadAsync(4));
        Assert.Equal(0, await _socket.ReadAsync(new byte[10]));
    }

    [Fact]
    public async Task Leave_BackendSaysNothing_IsNotWaitedForLong()
    {
        await _leave.CancelAsync();

        Assert.Equal([0x88, 2, 3, 0xE9], await ReadAsync(4).InTime());
    }

    [Fact]
    public async Task Leave_ClientHasClosed_SaysNothingMore()
    {
        byte[] close = [0x88, 0x80 | 2, 0, 0, 0, 0, 3, 0xE8];
        await _socket.WriteAsync(close);
        await _leave.CancelAsync();
        await _socket.WriteAsync(close);

        _near.Client.Shutdown(SocketShutdown.Send);
        using var rest = new MemoryStream();
        await _far.GetStream().CopyToAsync(rest).InTime();
        Assert.Equal((byte[])[.. close, .. close], rest.ToArray());
    }

    // With a mask of zeros, which changes nothing.
    private static byte[] Masked(string text) => text.Length < 126
        ? [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)]
        : [0x81, 0x80 | 126, (byte)(text.Length >> 8), (byte)text.Length, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _socket.ReadExactlyAsync(bytes);
        return bytes;
    }
}
