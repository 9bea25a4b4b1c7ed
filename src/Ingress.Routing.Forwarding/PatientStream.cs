using System.Runtime.CompilerServices;

namespace Ingress.Routing.Forwarding;

/// <summary>A connection over HTTP/1.1 whose end is noticed by reading alone, and told apart by what had come before it.</summary>
/// <remarks>
/// <para>
/// A backend that refuses a request early answers, with 413 for instance, and closes the connection while the body is still being sent. HttpClient
/// gives up at the first write that fails, with the answer unread. Here the rest of the body is dropped instead. What is read next is the answer,
/// or tells that there is none; and a connection that broke is never used again, because it ends there.
/// </para>
/// <para>
/// When a connection ends before a byte of the answer, HttpClient sends a request without a body again up to three times, POST included, and gives up
/// at once where the connection was reset. Here that end is a <see cref="NoAnswerException"/>, and whoever catches it decides.
/// </para>
/// </remarks>
internal sealed class PatientStream(Stream connection) : Stream
{
    // A server that takes longer request lines would not be asked for them: Kestrel reads 8 KB.
    private const int LongestRequestLine = 16 * 1024;

    private volatile bool _isBroken;
    private volatile bool _hasEnded;
    private volatile bool _hasAnswered;
    private int _isAsked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isBroken)
        {
            return default;
        }

        // With a fence on both sides: what reads sees that a request is being sent, or this sees that the connection has ended.
        if (IsRequestLine(buffer.Span) && Interlocked.Exchange(ref _isAsked, 1) == 0 && _hasEnded)
        {
            return ValueTask.FromException(new NoAnswerException(wasSent: false, _hasAnswered, cause: null));
        }

        var write = connection.WriteAsync(buffer, cancellationToken);
        return write.IsCompletedSuccessfully ? write : WaitAsync(write);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _isBroken ? Task.CompletedTask : connection.FlushAsync(cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // HttpClient waits for an idle connection with a read of nothing.
        if (buffer.IsEmpty)
        {
            return connection.ReadAsync(buffer, cancellationToken);
        }

        var read = connection.ReadAsync(buffer, cancellationToken);
        return read.IsCompletedSuccessfully ? new(Note(read.Result)) : WaitAsync(read);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Dispose();
        }

        base.Dispose(disposing);
    }

    // Not a piece of a body, nor of a WebSocket: those are sent while an answer is being read.
    private static bool IsRequestLine(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [>= (byte)'A' and <= (byte)'Z', ..])
        {
            return false;
        }

        var end = bytes[..Math.Min(bytes.Length, LongestRequestLine)].IndexOf((byte)'\n');
        return end > 0 && (bytes[..end].EndsWith(" HTTP/1.1\r"u8) || bytes[..end].EndsWith(" HTTP/1.0\r"u8));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (IOException)
        {
            _isBroken = true;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(ValueTask<int> read)
    {
        try
        {
            return Note(await read);
        }
        catch (IOException broken) when (broken is not NoAnswerException)
        {
            _hasEnded = true;
            if (Interlocked.Exchange(ref _isAsked, 0) == 0)
            {
                throw;
            }

            throw new NoAnswerException(wasSent: true, _hasAnswered, broken);
        }
    }

    private int Note(int count)
    {
        if (count > 0)
        {
            if (_isAsked != 0)
            {
                _isAsked = 0;
                _hasAnswered = true;
            }

            return count;
        }

        _hasEnded = true;
        return Interlocked.Exchange(ref _isAsked, 0) == 0 ? 0 : throw new NoAnswerException(wasSent: true, _hasAnswered, cause: null);
    }
}
