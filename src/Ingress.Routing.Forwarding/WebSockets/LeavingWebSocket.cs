using System.Security.Cryptography;

namespace Ingress.Routing.Forwarding.WebSockets;

/// <summary>The side of a WebSocket that leads to the backend. It is closed as a WebSocket is when the server stops.</summary>
/// <remarks>
/// The backend is told in the name of the client: Close, 1001, between two frames. It answers with a Close of its own, which goes to the client, and closes
/// the connection. A backend that does neither is not waited for any longer than <see cref="s_patience"/>; then the client is told from here.
/// </remarks>
internal sealed class LeavingWebSocket : Stream
{
    private const int GoingAway = 1001;
    private const byte CloseFrame = 0x88;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly byte[] s_close = [CloseFrame, 2, GoingAway >> 8, GoingAway & 0xFF];

    private readonly Stream _backend;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenRegistration _leaving;
    private WebSocketFrames _toBackend;
    private WebSocketFrames _toClient;
    private Timer? _patience;
    private volatile bool _isLeaving; // at the next end of a frame
    private volatile bool _hasLeft;
    private bool _isAtEnd;

    /// <param name="backend">The connection.</param>
    /// <param name="leave">Cancelled when the server stops.</param>
    public LeavingWebSocket(Stream backend, CancellationToken leave)
    {
        _backend = backend;
        _leaving = leave.UnsafeRegister(static socket => _ = ((LeavingWebSocket)socket!).LeaveAsync(), this);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isAtEnd)
        {
            return 0;
        }

        int count;
        try
        {
            count = await _backend.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception failure) when (_hasLeft && failure is not OperationCanceledException { CancellationToken.IsCancellationRequested: true })
        {
            count = 0;
        }

        if (count == 0 && _hasLeft && _toClient is { HasClosed: false, IsBetweenFrames: true } && buffer.Length >= s_close.Length)
        {
            _isAtEnd = true;
            s_close.CopyTo(buffer);
            return s_close.Length;
        }

        _toClient.Follow(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_hasLeft)
            {
                return; // nothing follows a Close
            }

            if (!_isLeaving)
            {
                _toBackend.Follow(buffer.Span);
                await _backend.WriteAsync(buffer, cancellationToken);
                return;
            }

            await _backend.WriteAsync(buffer[.._toBackend.Follow(buffer.Span, stopsBetweenFrames: true)], cancellationToken);
            await TellBackendAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _backend.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _leaving.Unregister();
            _patience?.Dispose();
            _backend.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task LeaveAsync()
    {
        try
        {
            await _writing.WaitAsync();
            try
            {
                _isLeaving = true;
                await TellBackendAsync(CancellationToken.None);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has gone meanwhile.
        }
    }

    // Only for who holds the lock of writing.
    private async ValueTask TellBackendAsync(CancellationToken cancellationToken)
    {
        if (_hasLeft || _toBackend.HasClosed || !_toBackend.IsBetweenFrames)
        {
            return;
        }

        _hasLeft = true;
        _patience = new Timer(static socket => ((LeavingWebSocket)socket!)._backend.Dispose(), this, s_patience, Timeout.InfiniteTimeSpan);
        await _backend.WriteAsync(MaskedClose(), cancellationToken);
        await _backend.FlushAsync(cancellationToken);
    }

    // What a client sends is masked.
    private static byte[] MaskedClose()
    {
        Span<byte> mask = stackalloc byte[4];
        RandomNumberGenerator.Fill(mask);
        return [CloseFrame, 0x80 | 2, .. mask, (byte)((GoingAway >> 8) ^ mask[0]), (byte)((GoingAway & 0xFF) ^ mask[1])];
    }
}
